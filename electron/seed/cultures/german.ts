import { split, type Culture } from '../culture.ts';

const women = split(`Anna Lena Käthe Sabine Ulrike Brigitte Annegret Gisela Mareike Franziska Johanna Leonie Mia
  Emilia Hedwig Petra Monika Heike Svenja Antje Elke Zäzilie Dörte`);
const men = split(`Jürgen Jörg Günther Björn Matthias Stefan Andreas Wolfgang Heinz Karl-Heinz Friedrich Lukas Leon Felix
  Maximilian Sören Götz Uwe Dieter Rüdiger Moritz Anton Korbinian Xaver`);

const streetLine = (street: string, number: number) => `${street} ${number}`;

export const germany: Culture = {
  country: 'DE',
  women,
  men,
  families: split(`Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Köhler Bäcker Krüger
    Groß Weiß Strauß Jäger Schröder Böhm Höß Lüdenscheidt Oßwald Fröhlich Königs Yılmaz Nowak Hansen Petersen Kraus Vogel
    Zimmermann`),
  trades: split('Bäckerei Metallbau Schreinerei Steuerberatung Spedition Gärtnerei Druckerei Elektrotechnik Brauerei Apotheke'),
  companies: ['{trade} {family} GmbH', '{family} & Söhne KG', '{family} {trade} GmbH & Co. KG', '{trade} {city} eG', '{family} AG'],
  phone: {
    callingCode: '49',
    trunk: '0',
    patterns: ['30 23125 ###', '40 66969 ###', '69 90009 ###', '89 99998 ###', '221 4710 ###', '171 39200 ##'],
    separators: [' ', '/', '-', ' '],
    brackets: true,
  },
  streets: ['Hauptstraße', 'Bahnhofstraße', 'Gartenweg', 'Lindenallee', 'Am Marktplatz', 'Goethestraße', 'Schloßgasse', 'Mühlenweg'],
  streetLine,
  cities: [
    ['Berlin', 'BE', '10%##'], ['München', 'BY', '80%##'], ['Hamburg', 'HH', '20%##'], ['Köln', 'NW', '50%##'],
    ['Düsseldorf', 'NW', '40%##'], ['Dresden', 'SN', '01%##'], ['Nürnberg', 'BY', '90%##'], ['Würzburg', 'BY', '970##'],
  ],
  notes: ['Bitte nur vormittags anrufen.', 'Rechnung immer an die Zentrale schicken.', 'Kennengelernt auf der Messe in Hannover.'],
};

export const austria: Culture = {
  ...germany,
  country: 'AT',
  families: split(`Gruber Huber Bauer Wagner Pichler Steiner Moser Mayer Hofer Leitner Berger Fuchs Eder Fischer Schmid Winkler
    Weber Schwarz Maier Reiter Lang Wimmer Egger Brunner Lechner Wallner Aigner Ebner Köck Stöger Öllinger Übelhör`),
  companies: ['{trade} {family} GmbH', '{family} & Co KG', '{family} {trade} e. U.', '{trade} {city}'],
  phone: {
    callingCode: '43',
    trunk: '0',
    patterns: ['1 5######', '316 %#####', '662 %#####', '664 %######', '676 %######'],
    separators: [' ', '/'],
    brackets: true,
  },
  streets: ['Ringstraße', 'Mariahilfer Straße', 'Kirchengasse', 'Dorfplatz', 'Schönbrunner Straße', 'Bergweg', 'Sankt-Veit-Gasse', 'Am Hof'],
  cities: [
    ['Wien', '9', '10%0'], ['Graz', '6', '80%0'], ['Linz', '4', '40%0'], ['Salzburg', '5', '50%0'], ['Innsbruck', '7', '60%0'],
    ['Klagenfurt am Wörthersee', '2', '90%0'], ['Sankt Pölten', '3', '31%0'],
  ],
  notes: ['Grüß Gott sagen, nicht Hallo.', 'Kommt im Jänner wieder.', 'Termine bitte per E-Mail.'],
};
