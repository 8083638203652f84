import { expect, test } from 'vitest';
import { createAppStore, emptyFilter } from '../../../renderer/app/app-store.ts';

test('the newest contacts are shown on top and none left out, whatever was sought in the list before', () => {
  const app = createAppStore();
  app.getState().setFilter({ query: 'ann', types: ['LEAD'] });
  app.getState().goTo('imports');
  app.getState().showNewest();
  expect(app.getState()).toMatchObject({
    screen: 'contacts', openContact: null, filter: { ...emptyFilter, sort: 'updatedAt', descending: true },
  });
});
