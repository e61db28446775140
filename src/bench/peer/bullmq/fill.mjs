// Reads one mail a line and adds them to the queue, a thousand at a time.
import { createInterface } from 'node:readline';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';

const CHUNK = 1000;
const connection = new Redis({ port: Number(process.env.REDIS_PORT), maxRetriesPerRequest: null });
const queue = new Queue('mail', { connection });
let chunk = [];
for await (const line of createInterface({ input: process.stdin })) {
  chunk.push({ name: 'send', data: JSON.parse(line), opts: { removeOnComplete: true } });
  if (chunk.length === CHUNK) {
    await queue.addBulk(chunk);
    chunk = [];
  }
}
if (chunk.length > 0) {
  await queue.addBulk(chunk);
}
await queue.close();
await connection.quit();
