/** Requests and replies are held to the contract by typebox alone: nothing is coerced, filled in or quietly removed. */
import type { FastifyInstance } from 'fastify';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import type { TLocalizedValidationError } from 'typebox/error';
import { type Refusal, refuse } from '#src/protocol/refusal.ts';
import { Refused } from './refused.ts';

export function validateByContract(app: FastifyInstance): void {
  app.setValidatorCompiler(({ schema, httpPart }) => {
    const validator = Compile(schema as TSchema);
    // What stands in a path or a query string is text; in a body, "5" is not 5.
    const textual = httpPart === 'querystring' || httpPart === 'params';
    return (input: unknown) => {
      const value = textual ? validator.Convert(input) : input;
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

/** The first problem decides. `at` is a JSON pointer; a value is never repeated. */
export function refusalOf(errors: readonly TLocalizedValidationError[]): Refusal {
  const first = errors.find((error) => error.keyword !== 'boolean') ?? errors[0];
  if (first === undefined) return refuse('input-invalid');
  const at = first.keyword === 'required' ? `${first.instancePath}/${missing(first)}` : first.instancePath;
  if (first.keyword === 'maxLength') {
    const code = at.endsWith('/title') ? 'record-title-too-long' : 'input-invalid';
    return refuse(code, { at, limit: first.params.limit });
  }
  if (first.keyword === 'minLength' && at.endsWith('/passphrase')) {
    return refuse('passphrase-too-weak', { at, limit: first.params.limit });
  }
  if (first.keyword === 'maxItems' || first.keyword === 'minItems') {
    return refuse('input-invalid', { at, limit: first.params.limit });
  }
  return refuse('input-invalid', { at });
}

function missing(error: TLocalizedValidationError): string {
  return error.keyword === 'required' ? (error.params.requiredProperties[0] ?? '') : '';
}
