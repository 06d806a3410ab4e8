import type { RequestHandler } from 'express';
import { analyzeText } from '../search/analyze-text.js';
import type { HttpServerOptions } from './http-server-options.js';
import { jsonBody } from './json-body.js';
import { parseAnalyzeBody } from './parse-analyze-body.js';
import { sendJson } from './send-json.js';

/** `POST /v1/analyze`: needs neither archive nor model. */
export function analyzeRoute({ maxBodyBytes }: Pick<HttpServerOptions, 'maxBodyBytes'>): RequestHandler[] {
  return [
    jsonBody(maxBodyBytes),
    (req, res) => {
      const reply = analyzeText(parseAnalyzeBody(req.body));
      res.setHeader('cache-control', 'no-store');
      sendJson(res, 200, reply);
    },
  ];
}
