// Loaded into the service before anything else: its resident memory is then what a file says, in megabytes.
const { readFileSync } = require('node:fs');

const file = process.env.TOLD_MEMORY_FILE;
process.memoryUsage.rss = () => Number(readFileSync(file, 'utf8')) * 2 ** 20;
