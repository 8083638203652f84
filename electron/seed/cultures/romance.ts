import { split, type Culture } from '../culture.ts';

export const france: Culture = {
  country: 'FR',
  women: split(`Chloé Zoé Élodie Hélène Françoise Geneviève Aurélie Amélie Noémie Inès Léa Manon Camille Anaïs Maëlle Océane
    Solène Margaux Clémence Joséphine Thérèse Bénédicte`),
  men: split(`Jérôme François Frédéric Rémi Loïc Gaël Noël Théo Hugo Étienne Benoît Sébastien Mathéo Aurélien Cédric Grégoire
    Antoine Baptiste Célestin Didier Gérard Jean-Luc`),
  families: split(`Martin Bernard Dubois Petit Durand Leroy Moreau Lefèvre Fournier Girard Mercier Dupré Lemaître Guérin Müller
    Béranger Chevallier Gaultier Hébert Lévêque Pécresse Quéré Rousselot Saint-Exupéry Tréguier Vallée Benoît-Lévy L’Hôpital
    D’Amboise Nguyen`),
  trades: split('Boulangerie Pâtisserie Menuiserie Imprimerie Librairie Conseil Transports Fromagerie Vignobles Horlogerie'),
  companies: ['{trade} {family} SARL', '{family} et Fils', '{trade} de {city}', '{family} {trade} SAS', 'Les Ateliers {family}'],
  phone: {
    callingCode: '33',
    trunk: '0',
    patterns: ['1 99 00 ## ##', '2 61 91 ## ##', '3 53 01 ## ##', '4 65 71 ## ##', '5 36 49 ## ##'],
    separators: [' ', '.', ' '],
  },
  streets: ['rue de la Paix', 'avenue Victor-Hugo', 'place du Marché', 'rue des Écoles', 'boulevard Saint-Michel', 'quai d’Orléans', 'allée des Chênes'],
  streetLine: (street, number) => `${number} ${street}`,
  cities: [
    ['Paris', 'IDF', '750##'], ['Lyon', 'ARA', '6900%'], ['Marseille', 'PAC', '130##'], ['Orléans', 'CVL', '450##'],
    ['Besançon', 'BFC', '250##'], ['Saint-Étienne', 'ARA', '420##'], ['Nîmes', 'OCC', '300##'],
  ],
  notes: ['Rappeler après la rentrée.', 'Préfère être contactée par courriel.', 'Devis envoyé, en attente de réponse.'],
};

export const spain: Culture = {
  country: 'ES',
  women: split(`María Lucía Sofía Inés Begoña Ángela Concepción Asunción Rocío Mónica Verónica Noelia Ainhoa Montserrat Núria
    Itziar Raquel Esperanza Milagros Pilar Candela Ximena`),
  men: split(`José Andrés Íñigo Joaquín Martín Ramón Sebastián Tomás Víctor Ángel Adrián Álvaro Óscar Rubén César Iván Jordi
    Xavier Aitor Gonzalo Hernán Nicolás`),
  families: split(`García Fernández González Rodríguez López Martínez Sánchez Pérez Gómez Muñoz Núñez Ibáñez Peña Castaño Ortuño
    Márquez Vázquez Domínguez Gutiérrez Jiménez Álvarez Echeverría Zubizarreta Puigdomènech Castellà Ferrer Llorens Yáñez
    Quiñones Zúñiga`),
  trades: split('Panadería Bodegas Construcciones Asesores Aceites Conservas Muebles Imprenta Transportes Cerámicas'),
  companies: ['{trade} {family} S.L.', 'Hermanos {family} S.A.', '{trade} de {city}', '{family} y Asociados', '{family} {trade} S.L.U.'],
  phone: {
    callingCode: '34',
    trunk: '',
    patterns: ['91 %## ## ##', '93 %## ## ##', '95% ## ## ##', '6%# ## ## ##', '6## %## ###'],
    separators: [' ', '-', ' '],
  },
  streets: ['Calle Mayor', 'Avenida de la Constitución', 'Plaza de España', 'Calle Núñez de Balboa', 'Paseo de Gràcia', 'Ronda de San Pedro'],
  streetLine: (street, number) => `${street}, ${number}`,
  cities: [
    ['Madrid', 'MD', '280##'], ['Barcelona', 'CT', '080##'], ['València', 'VC', '460##'], ['Sevilla', 'AN', '410##'],
    ['A Coruña', 'GA', '150##'], ['Donostia / San Sebastián', 'PV', '200##'], ['Málaga', 'AN', '290##'],
  ],
  notes: ['Llamar por la tarde, después de las cinco.', 'Habló con Begoña sobre el año próximo.', 'Enviar la factura por correo.'],
};

export const brazil: Culture = {
  country: 'BR',
  women: split(`Ana Júlia Conceição Luíza Letícia Vitória Beatriz Heloísa Antônia Francisca Márcia Patrícia Cláudia Fabíola Íris
    Thaís Raíssa Débora Graça Isabel`),
  men: split(`João Antônio José Luís Márcio Cláudio Sérgio Fábio Flávio Otávio Gonçalo Estêvão Caetano Thiago Davi Vinícius
    Raul Ângelo Tomé Simão`),
  families: split(`Silva Santos Souza Oliveira Pereira Lima Carvalho Gonçalves Araújo Magalhães Guimarães Simões Conceição
    Brandão Falcão Leão Galvão Antunes Bragança Câmara Fonseca Queirós Mourão Paixão Nakamura Tanaka Schneider`),
  trades: split('Padaria Café Construções Móveis Confecções Laticínios Informática Transportes Agropecuária Livraria'),
  companies: ['{trade} {family} Ltda.', '{family} & Irmãos', '{trade} São {family}', '{family} {trade} S.A.', '{trade} de {city}'],
  phone: {
    callingCode: '55',
    exit: null,
    trunk: '0',
    patterns: ['11 3### ####', '21 2### ####', '11 9#### ####', '31 3### ####', '71 3### ####'],
    separators: ['-', ' '],
    brackets: true,
  },
  streets: ['Avenida Paulista', 'Rua das Acácias', 'Rua São João', 'Praça da Sé', 'Rua XV de Novembro', 'Travessa do Comércio'],
  streetLine: (street, number) => `${street}, ${number}`,
  cities: [
    ['São Paulo', 'SP', '01###-###'], ['Rio de Janeiro', 'RJ', '20###-###'], ['Belo Horizonte', 'MG', '30###-###'],
    ['Salvador', 'BA', '40###-###'], ['Florianópolis', 'SC', '88###-###'], ['Goiânia', 'GO', '74###-###'],
  ],
  notes: ['Ligar depois do almoço.', 'Aguardando aprovação do orçamento.', 'Indicação do João.'],
};
