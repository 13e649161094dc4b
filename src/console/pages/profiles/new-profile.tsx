import { useSignal } from '@preact/signals';
import type { CreatedProfile, ProfileDetails, ProfileTypeView, ProfileView } from '../../../api/index.js';
import { call } from '../../api/client.js';
import { useAction } from '../../api/use-action.js';
import { useLive } from '../../api/use-live.js';
import { Field } from '../../parts/field.js';
import { PageTitle } from '../../parts/page-title.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { toast } from '../../parts/toast.js';
import { go, linkTo, place } from '../../router/router.js';
import { texts } from '../../texts/texts.js';

/** Members of the request that have a plain text field in the form. */
const textFields = [
  'eid',
  'matchingId',
  'confirmationCode',
  'iccid',
  'label',
  'pool',
  'operator',
  'smdsAddress',
] as const;
const numberFields = ['confirmationCodeAttempts', 'downloadAttempts'] as const;
const nameFields = ['serviceProviderName', 'profileName'] as const;
type FieldName =
  | (typeof textFields)[number]
  | (typeof numberFields)[number]
  | (typeof nameFields)[number]
  | 'profileType'
  | 'state'
  | 'reuse'
  | 'validUntil';

type Values = Partial<Record<FieldName, string>>;

/** A form that explains each field. With `like`, it starts with the settings of another profile. */
export function NewProfile() {
  const like = place.value.query.get('like');
  const words = texts.value.newProfile;
  const model = useLive(`like ${like}`, (signal) =>
    like === null ? Promise.resolve(null) : call<ProfileDetails>(`/profiles/id:${like}`, { signal }),
  );
  return (
    <>
      <nav class="small" aria-label={texts.value.profiles.trail}>
        <a href={linkTo(['profiles'])}>{texts.value.profiles.title}</a>
      </nav>
      <PageTitle title={words.title} />
      <p class="soft">{words.introduction}</p>
      {model.problem.value && <ProblemNote problem={model.problem.value} />}
      {(model.data.value !== undefined || model.problem.value) && (
        <Form start={startFrom(model.data.value)} />
      )}
    </>
  );
}

function startFrom(model: ProfileView | null | undefined): Values {
  if (!model) return {};
  const { profileType, eid, label, pool, operator, reuse } = model;
  return {
    profileType,
    reuse,
    ...(eid !== null && { eid }),
    ...(label !== null && { label }),
    ...(pool !== null && { pool }),
    ...(operator !== null && { operator }),
  };
}

function Form({ start }: { readonly start: Values }) {
  const words = texts.value.newProfile;
  const values = useSignal<Values>(start);
  const types = useLive('types', (signal) =>
    call<{ items: ProfileTypeView[] }>('/profile-types', { signal, wholeServer: true }),
  );
  const create = useAction(async () => {
    const made = await call<CreatedProfile>('/profiles', { method: 'POST', body: requestOf(values.peek()) });
    toast(words.made(made.warnings.map(({ message }) => message)));
    go(linkTo(['profiles', String(made.id)]));
  });
  const wrong = (name: string): string | undefined =>
    create.problem.value?.errors.find(({ field }) => field === name || field === `metadata.${name}`)?.message;
  const set = (name: FieldName, value: string): void =>
    void (values.value = { ...values.peek(), [name]: value });
  const input = (
    name: FieldName,
    type: 'text' | 'number' | 'datetime-local' = 'text',
    extra: object = {},
  ) => (
    <Field key={name} label={words.fields[name].label} help={words.fields[name].help} wrong={wrong(name)}>
      {(ids) => (
        <input
          {...ids}
          {...extra}
          {...({ type } as object)}
          class="input"
          name={name}
          autocomplete="off"
          spellcheck={false}
          value={values.value[name] ?? ''}
          onInput={(event) => set(name, event.currentTarget.value)}
        />
      )}
    </Field>
  );
  const select = (name: FieldName, options: readonly (readonly [value: string, title: string])[]) => (
    <Field key={name} label={words.fields[name].label} help={words.fields[name].help} wrong={wrong(name)}>
      {(ids) => (
        <select
          {...ids}
          class="input"
          name={name}
          value={values.value[name] ?? ''}
          onChange={(event) => set(name, event.currentTarget.value)}
        >
          {options.map(([value, title]) => (
            <option key={value} value={value}>
              {title}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
  const { profileStates } = texts.value.common;
  return (
    <form
      class="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        create.run();
      }}
    >
      <fieldset class="card">
        <legend>{words.groups.what}</legend>
        {select('profileType', [
          ['', words.usual('generic')],
          ...(types.data.value?.items ?? []).map(({ name }) => [name, name] as const),
        ])}
        {select('state', [
          ['', words.usual(profileStates.Released)],
          ...(['Available', 'Allocated', 'Linked', 'Confirmed'] as const).map(
            (name) => [name, profileStates[name]] as const,
          ),
        ])}
        {input('serviceProviderName')}
        {input('profileName')}
      </fieldset>
      <fieldset class="card">
        <legend>{words.groups.who}</legend>
        {input('eid', 'text', { inputMode: 'numeric', maxLength: 64 })}
        {input('matchingId')}
        {input('smdsAddress')}
      </fieldset>
      <fieldset class="card">
        <legend>{words.groups.limits}</legend>
        {input('confirmationCode')}
        {input('confirmationCodeAttempts', 'number', { min: 0 })}
        {input('downloadAttempts', 'number', { min: 0 })}
        {input('validUntil', 'datetime-local')}
        {select('reuse', [
          ['', words.usual(texts.value.profiles.reuses.once)],
          ['per-device', texts.value.profiles.reuses['per-device']],
          ['unlimited', texts.value.profiles.reuses.unlimited],
        ])}
      </fieldset>
      <fieldset class="card">
        <legend>{words.groups.find}</legend>
        {input('label')}
        {input('pool')}
        {input('operator')}
        {input('iccid', 'text', { inputMode: 'numeric' })}
      </fieldset>
      <div class="form-end">
        {create.problem.value && <ProblemNote problem={create.problem.value} />}
        <div class="row">
          <button type="submit" class="button main" disabled={create.isBusy.value}>
            {words.submit}
          </button>
          <a class="button quiet" href={linkTo(['profiles'])}>
            {texts.value.common.cancel}
          </a>
        </div>
      </div>
    </form>
  );
}

/**
 * The body of the call. It omits empty fields, so the server uses its defaults. If the user types `""` as MatchingID,
 * the body has an empty MatchingID.
 */
function requestOf(values: Values): object {
  const given = (name: FieldName): string => (values[name] ?? '').trim();
  const filled = <Name extends FieldName>(names: readonly Name[]): readonly Name[] =>
    names.filter((name) => given(name) !== '');
  const wanted = filled([...textFields, 'profileType', 'state', 'reuse']).map((name) => [
    name,
    name === 'matchingId' && given(name) === '""' ? '' : given(name),
  ]);
  const limits = filled(numberFields).map((name) => [name, Number(given(name))]);
  const shown = filled(nameFields).map((name) => [name, given(name)]);
  const until = given('validUntil');
  return {
    ...(Object.fromEntries([...wanted, ...limits]) as object),
    ...(until !== '' && { validUntil: new Date(until).toISOString() }),
    ...(shown.length > 0 && { metadata: Object.fromEntries(shown) as object }),
  };
}
