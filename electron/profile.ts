import { userInfo } from 'node:os';
import type { Profile } from './contacts/record.ts';
import { insertEmployee } from './lists/lists.ts';
import type { Store } from './store/open.ts';

/** The profile's ids; the first start makes them, and one employee: the person of this laptop. */
export function openProfile(store: Store, now: () => string, newId: () => string): Profile {
  const known = store.db.prepare(`select value from setting where key = 'profile'`).pluck().get() as string | undefined;
  if (known !== undefined) return JSON.parse(known) as Profile;
  const profile: Profile = { tenantId: newId(), organizationId: newId(), userId: newId() };
  const at = now();
  store.transaction(() => {
    store.statement(`insert into setting (key, value) values ('profile', ?)`).run(JSON.stringify(profile));
    store.statement(insertEmployee).run({
      id: newId(), createdAt: at, updatedAt: at, userId: profile.userId, fullName: personName(), email: null,
    });
  });
  return profile;
}

/** The book takes on the ids of the server it is linked to; whoever holds the profile sees them at once. */
export function adoptIds(store: Store, profile: Profile, ids: Pick<Profile, 'tenantId' | 'organizationId'>): void {
  if (profile.tenantId === ids.tenantId && profile.organizationId === ids.organizationId) return;
  store.statement(`update setting set value = ? where key = 'profile'`).run(JSON.stringify({ ...profile, ...ids }));
  Object.assign(profile, ids);
}

function personName(): string {
  try {
    const { username } = userInfo();
    return username === '' ? 'Me' : username;
  } catch {
    return 'Me'; // a container may run as a user without a name
  }
}
