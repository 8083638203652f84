import type { AppError } from '../../shared/errors.ts';

const words = {
  url: 'The address',
  email: 'The e-mail',
  password: 'The password',
  token: 'The token',
  organizationId: 'The organization',
} as const;

export type SignInField = keyof typeof words;
/** What is wrong, by field; `other` is no field's fault. */
export type SignInProblems = Partial<Record<SignInField | 'other', string>>;

/** What a host said against the sign-in, at the fields, as sentences: 'The password or e-mail is wrong.' */
export function problemsOf(error: AppError): SignInProblems {
  const problems: SignInProblems = {};
  for (const { field, message } of error.issues) {
    if (!(field in words)) continue;
    const known = field as SignInField;
    const problem = message.startsWith(`${field} `) ? `${words[known]} ${message.slice(field.length + 1)}` : message;
    problems[known] ??= /[.!?]$/.test(problem) ? problem : `${problem}.`;
  }
  return Object.keys(problems).length > 0 ? problems : { other: error.message };
}
