import { split, type Culture } from '../culture.ts';

export const sweden: Culture = {
  country: 'SE',
  women: split(`Åsa Maj-Britt Birgitta Gunilla Elsa Märta Linnéa Ebba Saga Ingegärd Kerstin Ylva Tuva Hjördis Solveig Agnes
    Malin Pernilla Ulla Viveka`),
  men: split(`Åke Göran Håkan Mårten Björn Lars Anders Jörgen Örjan Nils Gustav Östen Rasmus Måns Torbjörn Kjell Sixten Viggo
    Ulf Ragnar`),
  families: split(`Ångström Öberg Åkesson Sjöström Björklund Lindström Nyström Bergström Söderberg Hägglund Öhman Ähström Holmqvist
    Lindqvist Dahlgren Ekelöf Sjögren Wallén Nordén Bodén Johansson Andersson Karlsson Nilsson Persson Gyllenhammar`),
  trades: split('Bageri Snickeri Bygg Konsult Åkeri Trävaror Elektriska Redovisning Förlag Glasbruk'),
  companies: ['{family} {trade} AB', '{trade} i {city} AB', '{family} & Söner AB', '{family}s {trade}', 'AB {trade}'],
  phone: {
    callingCode: '46',
    trunk: '0',
    patterns: ['8 %## ### ##', '31 %## ## ##', '40 %## ## ##', '70 %## ## ##', '73 %## ## ##'],
    separators: ['-', ' '],
  },
  streets: ['Storgatan', 'Drottninggatan', 'Kungsgatan', 'Ängsvägen', 'Skolgatan', 'Björkvägen', 'Östra Hamngatan'],
  streetLine: (street, number) => `${street} ${number}`,
  cities: [
    ['Stockholm', 'AB', '11% ##'], ['Göteborg', 'O', '41% ##'], ['Malmö', 'M', '21% ##'], ['Örebro', 'T', '70% ##'],
    ['Umeå', 'AC', '90% ##'], ['Västerås', 'U', '72% ##'],
  ],
  notes: ['Ring helst på förmiddagen.', 'Vill ha offert före midsommar.', 'Träffades på mässan i Älvsjö.'],
};

export const iceland: Culture = {
  country: 'IS',
  women: split(`Guðrún Sigríður Þórunn Ásta Björk Ragnheiður Hólmfríður Steinunn Álfheiður Æsa Eyrún Hrafnhildur Þórdís Vigdís Freyja
    Sóley Ísold`),
  men: split(`Jón Sigurður Guðmundur Þór Ólafur Björgvin Árni Össur Ægir Hörður Snorri Kjartan Þorsteinn Ísleifur Úlfur Baldur
    Hjálmar`),
  families: split('Jóns Sigurðar Guðmundar Þórðar Ólafs Björgvins Árna Snorra Kjartans Þorsteins Egils Gunnars Hauks Eiríks Stefáns Halldórs'),
  feminine: (father) => `${father}dóttir`,
  masculine: (father) => `${father}son`,
  trades: split('Bakarí Fiskvinnsla Útgerð Ráðgjöf Verkfræðistofa Bókabúð Prentsmiðja Ferðaþjónusta'),
  companies: ['{trade} {family}sonar ehf.', '{city} {trade} ehf.', '{trade} hf.', '{family}son og synir'],
  phone: { callingCode: '354', trunk: '', patterns: ['551 ####', '462 ####', '691 ####', '863 ####'], separators: [' ', '-'] },
  streets: ['Laugavegur', 'Hverfisgata', 'Skólavörðustígur', 'Þingholtsstræti', 'Ægisgata', 'Óðinsgata'],
  streetLine: (street, number) => `${street} ${number}`,
  cities: [
    ['Reykjavík', '1', '10%'], ['Akureyri', '6', '600'], ['Kópavogur', '1', '200'], ['Hafnarfjörður', '1', '220'],
    ['Ísafjörður', '4', '400'], ['Þorlákshöfn', '8', '815'],
  ],
  notes: ['Hringja eftir hádegi.', 'Sendi tilboð í næstu viku.'],
};

export const netherlands: Culture = {
  country: 'NL',
  women: split(`Anouk Femke Sanne Lotte Fleur Maartje Marijke Annelies Noëlle Daniëlle Renée Saskia Willemijn Jolanda Hilde
    Coby Tineke Roos`),
  men: split(`Daan Sem Bram Thijs Jeroen Maarten Joost Pieter Gerrit Willem René Ruben Sjoerd Wouter Teun Dirk Kees Luuk`),
  families: [
    'de Jong', 'Jansen', 'de Vries', 'van den Berg', 'van Dijk', 'Bakker', 'Visser', 'Smit', 'Meijer', 'de Boer', 'Mulder',
    'de Groot', 'Bos', 'Vos', 'Peters', 'Hendriks', 'van Leeuwen', 'Dekker', 'Brouwer', 'de Wit', 'Dijkstra', 'Smits', 'de Graaf',
    'van der Meer', 'van der Linden', 'Kok', 'Jacobs', 'de Haan', 'Vermeulen', 'van ’t Hof', 'IJsbrandy', 'Coëhoorn',
  ],
  trades: split('Bakkerij Bloemen Scheepsbouw Advies Kwekerij Kaashandel Drukkerij Installaties Fietsen Uitgeverij'),
  companies: ['{family} {trade} B.V.', 'Gebroeders {family}', '{trade} {city} B.V.', '{family} & Zonen', '{trade} {family} V.O.F.'],
  phone: {
    callingCode: '31',
    trunk: '0',
    patterns: ['20 %## ####', '10 %## ####', '30 %## ####', '6 1#######', '70 %## ####'],
    separators: ['-', ' '],
  },
  streets: ['Dorpsstraat', 'Kerkstraat', 'Herengracht', 'Molenweg', 'Julianalaan', 'Burgemeester de Vlugtlaan', 'Het IJ'],
  streetLine: (street, number) => `${street} ${number}`,
  cities: [
    ['Amsterdam', 'NH', '10%# @@'], ['Rotterdam', 'ZH', '30%# @@'], ['Utrecht', 'UT', '35%# @@'], ['’s-Gravenhage', 'ZH', '25%# @@'],
    ['’s-Hertogenbosch', 'NB', '52%# @@'], ['Leeuwarden', 'FR', '89%# @@'],
  ],
  notes: ['Belt liever zelf terug.', 'Offerte vóór vrijdag opsturen.', 'Factuur naar het hoofdkantoor.'],
};
