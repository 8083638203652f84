import type { Culture } from './culture.ts';
import { china, india, japan, korea, thailand, vietnam } from './cultures/asian.ts';
import { czechia, poland, russia } from './cultures/eastern.ts';
import { america, britain } from './cultures/english.ts';
import { austria, germany } from './cultures/german.ts';
import { egypt, greece, israel, turkey } from './cultures/mediterranean.ts';
import { iceland, netherlands, sweden } from './cultures/northern.ts';
import { brazil, france, spain } from './cultures/romance.ts';

/** Where sample contacts live: 23 countries, all as likely as each other. */
export const cultures: readonly Culture[] = [
  america, austria, brazil, britain, china, czechia, egypt, france, germany, greece, iceland, india, israel, japan, korea,
  netherlands, poland, russia, spain, sweden, thailand, turkey, vietnam,
];
