import isEmail from 'validator/lib/isEmail.js';
import { isObject, isUuid, type Call } from './call.ts';
import { budgetTypes, contactTypes, inviteStatuses } from './collections.ts';
import { badRequest, StatuslessError } from './errors.ts';
import { isMember, notAssociated } from './pagination.ts';

/**
 * The body of a POST or PUT as the server's pipe hands it on: the e-mail trimmed, the rest as sent.
 * @throws HttpError 400 naming all fields at once; StatuslessError for an e-mail that is no string
 */
export function contactBody(call: Call): Record<string, unknown> {
  const body = { ...call.body };
  if (body.primaryEmail !== undefined && body.primaryEmail !== null) {
    if (typeof body.primaryEmail !== 'string')
      throw new StatuslessError('language', 'params.value.trim is not a function');
    body.primaryEmail = body.primaryEmail === '' ? null : body.primaryEmail.trim();
  }
  const errors = [...organizationErrors(call, body), ...fieldErrors(body)];
  if (errors.length > 0) throw badRequest(errors);
  return body;
}

function organizationErrors({ world, caller }: Call, body: Record<string, unknown>): string[] {
  if (body.organizationId === undefined && isObject(body.organization)) return [];
  if (!isUuid(body.organizationId)) return ['organization must be an object', 'organizationId must be a UUID'];
  return isMember(world, caller?.user.id, body.organizationId) ? [] : [notAssociated(caller?.user.id)];
}

function fieldErrors(body: Record<string, unknown>): string[] {
  const errors: string[] = [];
  const check = (name: string, isValid: (value: unknown) => boolean, message: string): void => {
    const value = body[name];
    if (value !== undefined && value !== null && !isValid(value)) errors.push(message);
  };
  const oneOf = (name: string, values: readonly string[]): void =>
    check(
      name,
      (value) => values.includes(value as string),
      `${name} must be one of the following values: ${values.join(', ')}`,
    );
  const text = (name: string): void => check(name, isText, `${name} must be a string`);

  if (!isText(body.name)) errors.push('name must be a string');
  if (body.name === undefined || body.name === null || body.name === '') errors.push('name should not be empty');
  check('primaryEmail', (value) => isText(value) && isEmail(value), 'primaryEmail must be an email');
  text('primaryPhone');
  text('notes');
  oneOf('contactType', contactTypes);
  oneOf('budgetType', budgetTypes);
  oneOf('inviteStatus', inviteStatuses);
  check(
    'budget',
    (value) => typeof value === 'number',
    'budget must be a number conforming to the specified constraints',
  );
  check('imageId', isUuid, 'imageId must be a UUID');
  check('tags', Array.isArray, 'tags must be an array');
  return errors;
}

const isText = (value: unknown): value is string => typeof value === 'string';
