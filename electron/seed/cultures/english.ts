import { split, type Culture } from '../culture.ts';

const women = split(`Olivia Amelia Grace Emily Charlotte Sophie Hannah Abigail Megan Zoë Chloé Harriet Rosalind Imogen
  Beatrice Eleanor Priscilla Siobhán Niamh Fiona Heather Judith Miriam Naomi Tamara Yolanda`);
const men = split(`Oliver George Harry Jack Thomas William James Samuel Daniel Benjamin Nathaniel Theodore Graham Duncan
  Callum Seán Rhys Owen Desmond Terrence Marcus Jerome Vincent Wesley Quentin Xavier`);

const streetLine = (street: string, number: number) => `${number} ${street}`;

export const britain: Culture = {
  country: 'GB',
  women,
  men,
  families: split(`Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans Walker White
    Roberts Green Hall Wood Clarke Hughes Harrison Fletcher Ashworth MacDonald McKenzie O’Neill O’Brien Llewellyn Penhaligon
    Featherstone Okonkwo Adeyemi`),
  trades: split('Bakery Brewery Joinery Surveyors Publishing Logistics Robotics Ceramics Textiles Insurance'),
  companies: ['{family} & Sons Ltd', '{family} {trade} Ltd', '{city} {trade}', '{family} {trade} LLP', '{trade} of {city}'],
  phone: {
    callingCode: '44',
    trunk: '0',
    patterns: ['20 7946 0###', '161 496 0###', '131 496 0###', '121 496 0###', '29 2018 0###'],
    separators: [' ', '-'],
    brackets: true,
  },
  streets: ['High Street', 'Church Lane', 'Station Road', 'Victoria Road', 'King’s Parade', 'Mill Lane', 'Queen Street', 'The Crescent'],
  streetLine,
  cities: [
    ['London', null, 'EC%@ #@@'], ['Manchester', null, 'M% #@@'], ['Birmingham', null, 'B%# #@@'], ['Leeds', null, 'LS% #@@'],
    ['Edinburgh', 'SCT', 'EH% #@@'], ['Cardiff', 'WLS', 'CF%# #@@'], ['Belfast', 'NIR', 'BT% #@@'], ['Bristol', null, 'BS% #@@'],
  ],
  notes: ['Prefers a call before noon.', 'Met at the trade fair; send the new catalogue.', 'Pays by return of post.'],
};

export const america: Culture = {
  country: 'US',
  women,
  men,
  families: split(`Anderson Martinez Hernandez Garcia Nguyen Miller Moore Jackson Lee Perez Sanchez Ramirez Lewis Young Allen
    King Scott Hill Flores Adams Nelson Baker Rivera Campbell Mitchell Carter Washington Jefferson Begay Yazzie Kowalczyk
    Vanderbilt`),
  trades: split('Hardware Analytics Plumbing Roofing Foods Consulting Outfitters Software Aviation Landscaping'),
  companies: ['{family} {trade} LLC', '{family}, {family} & Co.', '{city} {trade} Inc.', '{family} Brothers {trade}', '{trade} Partners Inc.'],
  phone: {
    callingCode: '1',
    exit: '011 ',
    trunk: '',
    patterns: ['212 555 01##', '415 555 01##', '312 555 01##', '206 555 01##', '512 555 01##', '617 555 01##'],
    separators: ['-', '.', ' '],
    brackets: true,
  },
  streets: ['Main Street', 'Oak Avenue', 'Park Avenue', 'Maple Drive', 'Sunset Boulevard', 'Washington Street', '5th Avenue', 'Lakeview Drive'],
  streetLine,
  cities: [
    ['New York', 'NY', '100##'], ['San Francisco', 'CA', '941##'], ['Chicago', 'IL', '606##'], ['Seattle', 'WA', '981##'],
    ['Austin', 'TX', '787##'], ['Boston', 'MA', '021##'], ['Denver', 'CO', '802##'], ['Saint Paul', 'MN', '551##'],
  ],
  notes: ['Left a voicemail, call back next week.', 'Referred by a customer.', 'Asked for net 30 terms.'],
};
