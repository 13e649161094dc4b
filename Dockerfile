# This stage has the compiler that better-sqlite3 may need; the final image has none.
# Node 22, because 20 is past its end of life; CI tests both.
FROM node:22-bookworm AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY src ./src
COPY scripts ./scripts
COPY examples/seeds ./examples/seeds
RUN npm run build && npm prune --omit=dev

FROM node:22-bookworm-slim
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
RUN mkdir /data && chown node:node /data && ln -s /app/dist/bundle/main.js /usr/local/bin/mock-smdp
USER node
VOLUME /data
# The volume keeps files that commands write to the current directory, such as a virtual device's state.
WORKDIR /data
EXPOSE 8443 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=5s \
  CMD ["mock-smdp", "ready"]
ENTRYPOINT ["mock-smdp"]
CMD ["serve"]
