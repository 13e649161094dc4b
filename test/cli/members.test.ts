import { Command } from 'commander';
import Type from 'typebox';
import { expect, it } from 'vitest';
import { memberFacts, memberTable } from '../../src/cli/member-facts.js';
import { memberFlags, membersIn } from '../../src/cli/member-flags.js';
import { ProfileRequest, ProfileView, FaultRule } from '../../src/api/index.js';
import { program } from '../../src/cli/program.js';

const request = Type.Object({
  tariffPlan: Type.Optional(Type.String({ description: 'name of a plan; default: none' })),
  mostDevices: Type.Integer({ description: 'number of devices' }),
  share: Type.Optional(Type.Number({ description: 'part of a whole' })),
  isSecret: Type.Optional(Type.Boolean({ description: 'true: nobody sees it' })),
  colour: Type.Optional(Type.Enum(['red', 'blue'], { description: 'red or blue' })),
  names: Type.Optional(Type.Array(Type.String(), { description: 'a list of names' })),
  nested: Type.Optional(Type.Object({})),
});

it('a member of a request is an option, by its name, type, values and description', () => {
  const command = memberFlags(new Command('x'), request, { leaveOut: ['names'] });
  expect(command.options.map(({ flags, description }) => `${flags}: ${description}`)).toEqual([
    '--tariff-plan <plan>: name of a plan (default: none)',
    '--most-devices <number>: number of devices',
    '--share <number>: part of a whole',
    '--is-secret: nobody sees it',
    '--colour <colour>: red or blue',
  ]);
  expect(command.options.filter(({ mandatory }) => mandatory).map(({ long }) => long)).toEqual([
    '--most-devices',
  ]);
  command.parse(['--most-devices', '3', '--is-secret', '--share', '0.5', '--colour', 'red'], {
    from: 'user',
  });
  expect(membersIn({ ...command.opts(), json: true }, request)).toEqual({
    ...{ mostDevices: 3, isSecret: true, share: 0.5, colour: 'red' },
  });
});

it('a member of an answer is a line, or a column, by its name', () => {
  const answer = Type.Object({ iccid: Type.String(), tariffPlan: Type.String(), isSecret: Type.Boolean() });
  const value = { iccid: '89', tariffPlan: 'large', isSecret: true };
  expect(memberFacts(answer, value, { isSecret: false })).toEqual([
    '  ICCID        89',
    '  tariff plan  large',
  ]);
  expect(memberTable(answer, [value])).toEqual(['ICCID  TARIFF PLAN  IS SECRET', '89     large        yes']);
});

const optionsOf = (...path: string[]): readonly string[] =>
  path
    .reduce((command, name) => command.commands.find((each) => each.name() === name)!, program())
    .options.map((option) => option.attributeName());

it('profile create and fault add have an option for every member of the request', () => {
  const objects = ['metadata', 'subscriber', 'headers', 'answer', 'edit', 'octets'];
  const without = (schema: { properties: object }, options: readonly string[]): string[] =>
    Object.keys(schema.properties).filter((name) => !options.includes(name) && !objects.includes(name));
  expect(without(ProfileRequest, optionsOf('profile', 'create'))).toEqual([]);
  expect(without(FaultRule, optionsOf('fault', 'add'))).toEqual([]);
  expect(Object.keys(ProfileView.properties)).toContain('imei');
});
