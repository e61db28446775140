// Sends each mail of the queue: 50 at once over ten pooled connections.
import { Worker } from 'bullmq';
import { Redis } from 'ioredis';
import nodemailer from 'nodemailer';

const transport = nodemailer.createTransport({
  host: '127.0.0.1',
  port: Number(process.env.SMTP_PORT),
  pool: true,
  maxConnections: 10,
  maxMessages: Infinity,
  ignoreTLS: true,
});
const connection = new Redis({ port: Number(process.env.REDIS_PORT), maxRetriesPerRequest: null });
const worker = new Worker('mail', (entry) => transport.sendMail(entry.data), {
  connection,
  concurrency: 50,
});
process.on('SIGTERM', async () => {
  await worker.close();
  transport.close();
  process.exit(0);
});
