/** Requests and replies are held to the contract by typebox alone: nothing is coerced, filled in or quietly removed. */
import type { FastifyInstance } from 'fastify';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import type { TLocalizedValidationError } from 'typebox/error';
import { type Refusal, refuse } from '#src/protocol/refusal.ts';
import { unfitAt } from '#src/protocol/text.ts';
import { Refused } from './refused.ts';

export function validateByContract(app: FastifyInstance): void {
  app.setValidatorCompiler(({ schema, httpPart }) => {
    const validator = Compile(schema as TSchema);
    // What stands in a path or a query string is text; in a body, "5" is not 5.
    const textual = httpPart === 'querystring' || httpPart === 'params';
    return (input: unknown) => {
      const value = textual ? validator.Convert(input) : input;
      const unfit = textual ? null : unfitInput(value, '');
      if (unfit !== null) return { error: new Refused(unfit) };
      if (!isStorable(value)) return { error: new Refused(refuse('input-invalid')) };
      if (validator.Check(value)) return { value };
      return { error: new Refused(refusalOf(validator.Errors(value))) };
    };
  });
  // A reply that the contract does not foresee is a bug, and may be a leak: it is not sent.
  app.setSerializerCompiler(({ schema }) => {
    const validator = Compile(schema as TSchema);
    return (reply: unknown) => {
      if (!validator.Check(reply)) {
        const first = validator.Errors(reply)[0];
        throw new Error(`reply outside its contract at ${first?.instancePath ?? '?'} (${first?.keyword ?? '?'})`);
      }
      return JSON.stringify(reply);
    };
  });
}

/** ADM-2: text that no record may hold and no database keeps: U+0000, half of a surrogate pair. Depth was measured before. */
function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return !value.includes('\0') && value.isWellFormed();
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([name, inner]) => isStorable(name) && isStorable(inner));
}

/** TXT-1, TXT-2: what no record may hold is refused where it is entered, whatever it is for; but how a passphrase is made is its owner's business. */
function unfitInput(value: unknown, at: string): Refusal | null {
  if (typeof value === 'string') {
    const unfit = /passphrase$/i.test(at) ? null : unfitAt(value);
    return unfit === null ? null : refuse('text-unfit', { at, limit: unfit + 1 });
  }
  if (typeof value !== 'object' || value === null) return null;
  for (const [name, inner] of Object.entries(value)) {
    if (unfitAt(name) !== null) return refuse('input-invalid', { at });
    const unfit = unfitInput(inner, isFieldName(name) ? `${at}/${name}` : at);
    if (unfit !== null) return unfit;
  }
  return null;
}

/** The first problem decides. `at` is a JSON pointer; a value is never repeated. */
export function refusalOf(errors: readonly TLocalizedValidationError[]): Refusal {
  const error = decisive(errors);
  if (error === undefined) return refuse('input-invalid');
  const at = `${error.instancePath}${fieldNamed(error)}`;
  switch (error.keyword) {
    case 'maxLength': {
      const code = at.endsWith('/title') ? 'record-title-too-long' : 'input-invalid';
      return refuse(code, { at, limit: error.params.limit });
    }
    case 'minLength': {
      const code = at.endsWith('/passphrase') ? 'passphrase-too-weak' : 'input-invalid';
      return refuse(code, { at, limit: error.params.limit });
    }
    case 'maxItems':
    case 'minItems':
      return refuse('input-invalid', { at, limit: error.params.limit });
    default:
      return refuse('input-invalid', { at });
  }
}

/** Where several forms are possible, none fits: what is wrong deepest inside says more than that the whole is wrong. */
function decisive(errors: readonly TLocalizedValidationError[]): TLocalizedValidationError | undefined {
  const telling = errors.filter(({ keyword }) => keyword !== 'boolean' && keyword !== 'anyOf');
  const first = telling[0] ?? errors[0];
  return telling
    .filter(({ instancePath }) => first !== undefined && instancePath.startsWith(`${first.instancePath}/`))
    .reduce((deepest, error) => (depth(error) > depth(deepest ?? error) ? error : (deepest ?? error)), first);
}

const depth = ({ instancePath }: TLocalizedValidationError) => instancePath.split('/').length;

/** The field that is missing, or that nobody expected; a name that looks like content is not repeated. */
function fieldNamed(error: TLocalizedValidationError): string {
  if (error.keyword === 'required') return `/${error.params.requiredProperties[0] ?? ''}`;
  if (error.keyword !== 'additionalProperties') return '';
  const [name = ''] = error.params.additionalProperties;
  return isFieldName(name) ? `/${name}` : '';
}

const isFieldName = (name: string) => /^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/.test(name);
