import Type, { type Static } from 'typebox';
import { describe, expect, it } from 'vitest';
import { joined, viewFrom, viewOfPart } from '../../src/api/http/view.js';

interface Device {
  readonly name: string;
  readonly label?: string | undefined;
}

const named = viewFrom<Device>()((member) => ({
  name: member(Type.String(), ({ name }) => name),
  label: member(Type.Optional(Type.String()), ({ label }) => label),
}));
const counted = viewFrom<{ readonly device: Device; readonly count: number }>()((member) => ({
  count: member(Type.Integer(), ({ count }) => count),
}));

describe('a view', () => {
  it('makes the members of its schema', () => {
    expect(Object.keys(named.schema.properties)).toEqual(['name', 'label']);
    expect(named.of({ name: 'a', label: 'b' })).toEqual({ name: 'a', label: 'b' });
  });

  it('leaves out an optional member whose value is undefined', () => {
    expect(Object.keys(named.of({ name: 'a', label: undefined }))).toEqual(['name']);
  });

  it('takes nothing from its source but the members of its schema', () => {
    const device = { name: 'a', secret: 'b' };
    expect(named.of(device)).toEqual({ name: 'a' });
  });

  it('has the members of both views that it was joined from, in their order', () => {
    const both = joined(
      viewOfPart(named, ({ device }: { readonly device: Device; readonly count: number }) => device),
      counted,
    );
    const answer: Static<typeof both.schema> = both.of({ device: { name: 'a' }, count: 3 });
    expect(Object.keys(both.schema.properties)).toEqual(['name', 'label', 'count']);
    expect(Object.entries(answer)).toEqual([
      ['name', 'a'],
      ['count', 3],
    ]);
  });
});

describe('the type checker', () => {
  it('refuses a member whose value does not have the type of its schema', () => {
    viewFrom<Device>()((member) => ({
      // @ts-expect-error a name is no number
      name: member(Type.Integer(), ({ name }) => name),
    }));
    viewFrom<Device>()((member) => ({
      // @ts-expect-error only an optional member may have no value
      label: member(Type.String(), ({ label }) => label),
    }));
    viewFrom<Device>()((member) => ({
      // @ts-expect-error a schema needs a value
      name: member(Type.String()),
    }));
    // @ts-expect-error a value needs a schema
    viewFrom<Device>()(() => ({ name: ({ name }: Device) => name }));
    expect(named.schema.required).toEqual(['name']);
  });
});
