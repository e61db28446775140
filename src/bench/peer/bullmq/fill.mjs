// Reads one mail a line and adds them to the queue, a thousand at a time.
import { createInterface } from 'node:readline';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';

const LOT = 1000;
const connection = new Redis({ port: Number(process.env.REDIS_PORT), maxRetriesPerRequest: null });
const queue = new Queue('mail', { connection });
let lot = [];
for await (const line of createInterface({ input: process.stdin })) {
  lot.push({ name: 'send', data: JSON.parse(line), opts: { removeOnComplete: true } });
  if (lot.length === LOT) {
    await queue.addBulk(lot);
    lot = [];
  }
}
if (lot.length > 0) {
  await queue.addBulk(lot);
}
await queue.close();
await connection.quit();
