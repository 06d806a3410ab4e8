# Builds the program with its native modules, then keeps what runs.
FROM node:22-bookworm AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev

FROM node:22-bookworm-slim
ENV NODE_ENV=production \
    FIHRIST_HOST=0.0.0.0 \
    FIHRIST_KEYS=on \
    FIHRIST_INDEX=/data/index
WORKDIR /app
COPY --from=build --chown=node:node /app/package.json ./
COPY --from=build --chown=node:node /app/node_modules ./node_modules
COPY --from=build --chown=node:node /app/dist ./dist
COPY --from=build --chown=node:node /app/models/fihrist-e5-small ./models/fihrist-e5-small
COPY --from=build --chown=node:node /app/models/word-translations ./models/word-translations
COPY --from=build --chown=node:node /app/corpus ./corpus
COPY --from=build --chown=node:node /app/docs/errors.md ./docs/errors.md
RUN mkdir -p /data/index && chown node:node /data/index
USER node
VOLUME /data/index
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.FIHRIST_PORT ?? 3000}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/main.js", "serve"]
