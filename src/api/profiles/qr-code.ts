import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { qrTextOf } from '../../orders/index.js';
import type { ControlContext } from '../context.js';
import { Problem, problemResponses } from '../http/problem.js';
import { scopeOf } from '../scope.js';
import { findProfile, ProfileChoice, ProfilePath } from './lookup.js';

/** Pixels per module. Large enough for a phone to read a code of 45 modules from a screen. */
const scale = 8;

/** Loads the library for the first QR code, because most servers never draw a QR code. */
const drawing = async () => (await import('qrcode')).default;

const formats = {
  svg: {
    type: 'image/svg+xml',
    draw: async (text: string) => (await drawing()).toString(text, { type: 'svg' }),
  },
  png: { type: 'image/png', draw: async (text: string) => (await drawing()).toBuffer(text, { scale }) },
} as const;

/** `GET /profiles/{iccid}/qr.svg` and `qr.png`: the activation code as a QR code. */
export function qrCodes(app: FastifyInstance, context: ControlContext): void {
  for (const [extension, { type, draw }] of Object.entries(formats)) {
    const schema = {
      tags: ['profiles'],
      summary: `QR code of the activation code as ${extension.toUpperCase()}`,
      params: ProfilePath,
      querystring: ProfileChoice,
      response: { 200: { content: { [type]: { schema: Type.String() } } }, ...problemResponses },
    };
    app.get<{ Params: ProfilePath; Querystring: ProfileChoice }>(
      `/profiles/:iccid/qr.${extension}`,
      { schema },
      async (request, reply) => {
        const { store, smdp } = scopeOf(context, request);
        const { profile } = await findProfile(store, request.params, request.query);
        const text = qrTextOf(profile, smdp.address);
        if (text === undefined)
          throw new Problem(409, `the profile is ${profile.state}, and has no activation code`);
        return reply.type(type).send(await draw(text));
      },
    );
  }
}
