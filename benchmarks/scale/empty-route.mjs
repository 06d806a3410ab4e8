// Express with a route that does nothing, for floors.mjs: tells its parent the port.
import express from 'express';

const app = express();
app.use(express.json());
app.post('/v1/search', (_request, response) => {
  response.json({});
});
const server = app.listen(0, '127.0.0.1', () => process.send(server.address().port));
