import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contactChanges } from '../../../shared/contact.ts';
import { changesOf, errorsOf, firstError, otherIssues, validate } from '../../../renderer/contact-form/form-errors.ts';
import { changedFields, formFields } from '../../../renderer/contact-form/form-values.ts';
import { anyValues, values } from './contact-values.ts';

const valid = values({ name: 'Ann Lee' });

describe('what the form says about its fields', () => {
  test('nothing, when everything is right', () => {
    const full = { ...valid, primaryEmail: ' ann@example.org ', budget: '1.234,5', latitude: '-48,5', website: 'example.org' };
    expect(validate(full, 'de-DE')).toEqual({});
  });

  test.each([
    ['name', '  ', 'Give the contact a name.'],
    ['primaryEmail', 'ann@', 'This is not an e-mail address. It should look like ann@example.org.'],
    ['website', 'javascript:alert(1)', 'This address cannot be opened safely. It should look like https://example.org.'],
    ['budget', 'a lot', 'Enter the budget as a number, for example 1500.'],
    ['latitude', '91', 'Enter the latitude as a number between -90 and 90.'],
    ['longitude', 'west', 'Enter the longitude as a number between -180 and 180.'],
    ['city', 'Ro\0me', 'There is a broken character in this text. Type it again.'],
  ] as const)('%s %j: a sentence that tells what to do', (field, value, message) => {
    expect(validate({ ...valid, [field]: value }, 'en-US')).toEqual({ [field]: message });
  });

  test('the same at its field when the host refuses what the form let through', () => {
    expect(
      errorsOf([
        { field: 'contact.website', message: 'contact.website must be a web address' },
        { field: 'tags.0.id', message: 'tags.0.id must be a UUID' },
        { field: 'city', message: 'city is too long' },
      ]),
    ).toEqual({
      website: 'This address cannot be opened safely. It should look like https://example.org.',
      tags: 'Tags must be a UUID.',
      city: 'City is too long.',
    });
    expect(otherIssues([{ field: 'ifMatch', message: 'ifMatch is wrong' }])).toEqual(['ifMatch is wrong']);
  });

  test('the cursor goes to the uppermost field with an error', () => {
    expect(firstError({ longitude: 'x', primaryEmail: 'y' })).toBe('primaryEmail');
    expect(firstError({})).toBeUndefined();
  });
});

describe('what the form sends', () => {
  test('only the changed fields, the address in its own part, empty texts as none', () => {
    const before = values({ name: 'Ann', primaryPhone: '1', city: 'Rome', budget: '5' });
    const after = { ...before, primaryPhone: '', city: 'Oslo', budget: '2,500', tags: ['t1'] };
    expect(changesOf(after, changedFields(before, after), 'en-US')).toEqual({
      primaryPhone: null,
      contact: { city: 'Oslo' },
      budget: 2500,
      tags: [{ id: 't1' }],
    });
  });

  test('is taken by the shared schema whenever the form has no error', () => {
    const uuids = { tags: [], members: [], projects: [] };
    fc.assert(
      fc.property(anyValues, (form) => {
        const checked = { ...form, ...uuids };
        const errors = validate(checked, 'en-US');
        const parsed = contactChanges.safeParse(changesOf(checked, formFields, 'en-US'));
        expect(parsed.success).toBe(Object.keys(errors).length === 0);
      }),
    );
  });
});
