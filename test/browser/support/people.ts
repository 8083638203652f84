/** People of many languages, to fill a book with. Nothing of them is real. */
interface Person {
  name: string;
  company: string | null;
  city: string | null;
  email: string | null;
  phone: string | null;
}

const first: Person = {
  name: 'Ann Lee', company: 'Quay 7 Boats', city: 'Lisbon', email: 'ann@quay7.example', phone: '+351 21 123 4567',
};

export const people: readonly [Person, ...Person[]] = [
  first,
  { name: 'Åsa Ångström', company: 'Nordljus AB', city: 'Malmö', email: 'asa.angstrom@nordljus.example', phone: '+46 40 123 45 67' },
  { name: 'José María Fernández de la Vega y Ortiz-Santillana', company: null, city: 'Sevilla', email: 'jm.fernandez@correo.example', phone: '+34 954 12 34 56' },
  { name: 'Nguyễn Thị Minh Khai', company: 'Sông Xanh Logistics', city: 'Đà Nẵng', email: 'khai@songxanh.example', phone: '+84 236 3822 111' },
  { name: 'Müller & Söhne GmbH', company: 'Müller & Söhne GmbH', city: 'Köln', email: 'info@mueller-soehne.example', phone: '(0221) 45 67-0' },
  { name: 'محمد الأحمد', company: 'شركة النور', city: 'القاهرة', email: 'm.alahmad@alnoor.example', phone: '+20 2 2735 1234' },
  { name: 'Zofia Łukasiewicz', company: 'Wisła Trade', city: 'Gdańsk', email: 'zofia@wisla.example', phone: '+48 58 300 12 34' },
  { name: 'Priya Ramanathan', company: 'Coromandel Spices', city: 'Chennai', email: 'priya@coromandel.example', phone: '+91 44 2811 0000' },
  { name: 'Thomas O’Brien', company: null, city: 'Galway', email: null, phone: '+353 91 56 78 90' },
  { name: 'Łódź Instruments Precision Manufacturing and International Distribution', company: 'ŁIPM', city: 'Łódź', email: 'office.international.distribution@lodz-instruments.example', phone: '+48 42 655 00 00' },
  { name: 'Σοφία Παπαδοπούλου', company: 'Αιγαίο Ναυτιλιακή', city: 'Πειραιάς', email: 'sofia@aigaio.example', phone: '+30 21 0412 3456' },
  { name: 'Mia Schmidt', company: 'Elbwerk', city: 'Hamburg', email: 'mia.schmidt@elbwerk.example', phone: '040 1234567' },
];

const given = [
  'Amélie', 'Bogdan', 'Chiara', 'Dmitri', 'Emre', 'Fatou', 'Giorgos', 'Hana', 'Ingrid', 'João', 'Kwame', 'Léa', 'Małgorzata',
  'Noor', 'Olivier', 'Pilar', 'Quentin', 'Renske', 'Søren', 'Tomáš', 'Uma', 'Viktor', 'Wanjiru', 'Ximena', 'Yara', 'Željko',
];
const family = [
  'Andersen', 'Bielak', 'Çelik', 'Duarte', 'Eriksson', 'Fontaine', 'García', 'Horváth', 'Ivanova', 'Jansen', 'Kovač',
  'Lindqvist', 'Mensah', 'Novák', 'Okafor', 'Papadakis', 'Quiroga', 'Rossi', 'Şahin', 'Tóth', 'Usman', 'van Dijk', 'Wójcik',
];

/** The name of the contact with a number; no two are the same. */
export function nameOf(number: number): string {
  const person = people[number];
  if (person) return person.name;
  const [first, last] = [given[number % given.length], family[number % family.length]];
  const round = Math.floor(number / (given.length * family.length));
  return round === 0 ? `${first} ${last}` : `${first} ${last} ${round}`;
}
