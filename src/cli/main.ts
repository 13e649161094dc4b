#!/usr/bin/env node
import { run } from './program.js';

// Whoever reads the output may stop reading: `mock-smdp profile list | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

process.exitCode = await run(process.argv.slice(2));
