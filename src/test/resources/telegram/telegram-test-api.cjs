// Starts the npm package telegram-test-api that is installed below the directory of the first argument, at the port of the second.
const { createRequire } = require('module');
const found = createRequire(process.argv[2] + '/')('telegram-test-api');
const Server = found.TelegramServer || found.default || found;
const server = new Server({ port: Number(process.argv[3]), host: '127.0.0.1' });
server.start().then(() => console.log('ready'));
