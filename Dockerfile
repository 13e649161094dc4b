# Build with the compiler that better-sqlite3 may need, run without it.
FROM node:20-bookworm AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY src ./src
COPY scripts ./scripts
RUN npm run build && npm prune --omit=dev

FROM node:20-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production \
    SMDP_HOST=0.0.0.0 \
    SMDP_ADDRESS=localhost:8443 \
    SMDP_ADMIN_HOST=0.0.0.0 \
    SMDP_CERTS=/data/certs \
    SMDP_DATABASE=/data/smdp.db
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 8443 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=5s \
  CMD ["node", "dist/bundle/main.js", "ready"]
ENTRYPOINT ["node", "dist/bundle/main.js"]
CMD ["serve"]
