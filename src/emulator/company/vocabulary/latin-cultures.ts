import { type Culture, spell } from './culture.ts';

const latin = {
  order: 'given first',
  joiner: ' ',
  hasOwnScript: false,
  dateFormat: 'dd/MM/yyyy',
  timeFormat: 'HH:mm',
} as const;

export const latinCultures: readonly Culture[] = [
  {
    ...latin,
    tag: 'en-GB',
    language: 'English (United Kingdom)',
    women: spell('Alice, Beatrice, Charlotte, Daisy, Eleanor, Florence, Grace, Harriet, Isla, Zoë'),
    men: spell('Arthur, Benedict, Callum, Edmund, Felix, George, Hugo, Jack, Rhys, Theodore'),
    families: spell(
      'Ashdown, Barlow, Cartwright, Dawson, Ellery, Fairfax, Garside, Hartley, Kershaw, ' +
        "Lockwood, Marsden, Norwood, Pemberton, Radcliffe, Thornbury, Whitlock, D'Arcy, Llewellyn",
    ),
    doubleName: '-',
  },
  {
    ...latin,
    tag: 'en-IE',
    language: 'English (Ireland)',
    women: spell('Aoife, Caoimhe, Deirdre, Gráinne, Niamh, Róisín, Saoirse, Siobhán, Sinéad, Úna'),
    men: spell('Cian, Conor, Dáithí, Eoin, Fionn, Liam, Oisín, Pádraig, Ruairí, Seán'),
    families: spell(
      "O'Brien, O'Connor, O'Neill, O'Sullivan, O'Reilly, Murphy, Kelly, Byrne, Walsh, Doyle, " +
        "Gallagher, Mac Carthy, Ní Dhomhnaill, Nolan, Quinn, Ó Briain, Fitzgerald, O'Dowd",
    ),
  },
  {
    ...latin,
    tag: 'en-US',
    language: 'English (United States)',
    women: spell('Abigail, Brooklyn, Chloe, Destiny, Emma, Hailey, Imani, Madison, Renée, Skylar'),
    men: spell('Aiden, Brandon, Caleb, DeShawn, Ethan, Jackson, Logan, Mason, Tyler, Xavier'),
    families: spell(
      "Abbott, Brooks, Coleman, D'Angelo, Everett, Freeman, Greene, Hayes, Jefferson, Kowalski, " +
        'Lawson, McAllister, Navarro, Peterson, Reyes, St. Clair, Turner, Washington',
    ),
    doubleName: '-',
    dateFormat: 'M/d/yyyy',
    timeFormat: 'h:mm tt',
  },
  {
    ...latin,
    tag: 'de-DE',
    language: 'German (Germany)',
    women: spell(
      'Anja, Bärbel, Claudia, Franziska, Käthe, Lena, Mareike, Sabine, Ulrike, Jördis',
      'expanded',
    ),
    men: spell(
      'Björn, Dieter, Götz, Hannes, Jürgen, Karl-Heinz, Lukas, Matthias, Rüdiger, Till',
      'expanded',
    ),
    families: spell(
      'Müller, Schröder, Weiß, Jäger, Köhler, Groß, Krämer, Böhm, Schäfer, Grünwald, Hoffmann, ' +
        'Möller, Lüders, Fuchs, Königsberg, von der Heide, Strauß, Vögele',
      'expanded',
    ),
    doubleName: '-',
    dateFormat: 'dd.MM.yyyy',
  },
  {
    ...latin,
    tag: 'fr-FR',
    language: 'French (France)',
    women: spell('Anne-Sophie, Chloé, Élodie, Françoise, Hélène, Inès, Léa, Maëlle, Noémie, Zélie'),
    men: spell('André, Benoît, Cédric, François, Gaël, Jean-Luc, Loïc, Maël, Rémi, Théo'),
    families: spell(
      "Lefèvre, Béranger, D'Aubigné, L'Hermitte, Gérard, Lemaître, Prévost, Françoise, Besançon, " +
        'Moreau, Dupré, Château, Rousseau, Noël, Gauthier, de la Tour, Île, Chevalier',
    ),
    doubleName: '-',
  },
  {
    ...latin,
    tag: 'es-ES',
    language: 'Spanish (Spain)',
    women: spell(
      'Ángela, Begoña, Concepción, Inés, Lucía, María José, Noelia, Rocío, Sofía, Íñiga',
    ),
    men: spell('Álvaro, Andrés, Íñigo, Jesús, Joaquín, José, Martín, Óscar, Raúl, Tomás'),
    families: spell(
      'García, Núñez, Peña, Muñoz, Ibáñez, Jiménez, Martínez, Ordóñez, Castaño, Zúñiga, Vázquez, ' +
        'Rodríguez, López, Gómez, Cañizares, Echeverría, Solís, Marín',
    ),
    doubleName: ' ',
  },
  {
    ...latin,
    tag: 'pt-PT',
    language: 'Portuguese (Portugal)',
    women: spell('Ângela, Beatriz, Conceição, Fátima, Inês, Joana, Lúcia, Mafalda, Sónia, Vitória'),
    men: spell('André, António, Duarte, Estêvão, Gonçalo, João, José, Luís, Simão, Tomé'),
    families: spell(
      'Gonçalves, Simões, Guimarães, Magalhães, Conceição, Araújo, Brandão, Leitão, Falcão, ' +
        'Assunção, Seabra, Patrício, Galvão, Teles, Peixoto, Moutinho, Lourenço, Sá',
    ),
    doubleName: ' ',
  },
  {
    ...latin,
    tag: 'it-IT',
    language: 'Italian (Italy)',
    women: spell(
      'Alessia, Benedetta, Chiara, Elisa, Federica, Giulia, Ilaria, Noemi, Silvia, Zaira',
    ),
    men: spell('Andrea, Cosimo, Dario, Elia, Fabrizio, Giosuè, Lorenzo, Matteo, Nicolò, Raffaele'),
    families: spell(
      "D'Amico, Dell'Orto, Fabbri, Gentile, Lanzì, Mondadori, Nicolò, Orsini, Pagàn, Quaranta, " +
        "Ricci, Santorò, Tedeschi, Ubaldi, Viganò, Zanetti, De Luca, Dall'Acqua",
    ),
  },
  {
    ...latin,
    tag: 'nl-NL',
    language: 'Dutch (Netherlands)',
    women: spell('Anouk, Britt, Daphne, Fenna, Jolijn, Loïs, Maartje, Noëlle, Sanne, Zoë'),
    men: spell('Bram, Daan, Gijs, Jeroen, Koen, Maarten, Niels, Ruben, Sjoerd, Thijs'),
    families: spell(
      "van der Berg, de Vries, van 't Hof, van den Heuvel, Bakker, Visser, 't Hart, Mulder, " +
        'Hoekstra, Dijkstra, van Dijk, Koster, Verhoeven, Kuipers, Brouwer, ten Have, Postma, Veen',
    ),
    dateFormat: 'dd-MM-yyyy',
  },
  {
    ...latin,
    tag: 'da-DK',
    language: 'Danish (Denmark)',
    women: spell('Astrid, Bodil, Freja, Grethe, Kjestine, Mærsk, Sólja, Søs, Tove, Åse'),
    men: spell('Anders, Bjørn, Esben, Jørgen, Kåre, Mads, Niels, Søren, Troels, Åge'),
    families: spell(
      'Sørensen, Jørgensen, Østergaard, Nørgaard, Kjær, Skovgård, Ågård, Bæk, Højbjerg, Lund, ' +
        'Møller, Thorsen, Vestergaard, Winther, Falkenrath, Dahl, Krogh, Rønne',
    ),
    dateFormat: 'dd-MM-yyyy',
    timeFormat: 'HH.mm',
  },
  {
    ...latin,
    tag: 'pl-PL',
    language: 'Polish (Poland)',
    women: spell(
      'Agnieszka, Bożena, Elżbieta, Grażyna, Jadwiga, Kasia, Łucja, Małgorzata, Żaneta, Zofia',
    ),
    men: spell(
      'Bartłomiej, Grzegorz, Jędrzej, Łukasz, Michał, Paweł, Rafał, Stanisław, Wojciech, Zbigniew',
    ),
    families: spell(
      'Wiśniewski, Wójcik, Kowalczyk, Zieliński, Dąbrowski, Szymański, Jabłoński, Mazur, ' +
        'Źdźbło, Pawłowski, Król, Łuczak, Świątek, Borowski, Głowacki, Nowak, Żak, Ćwik',
    ),
    familiesOfWomen: spell(
      'Wiśniewska, Wójcik, Kowalczyk, Zielińska, Dąbrowska, Szymańska, Jabłońska, Mazur, ' +
        'Źdźbło, Pawłowska, Król, Łuczak, Świątek, Borowska, Głowacka, Nowak, Żak, Ćwik',
    ),
    dateFormat: 'dd.MM.yyyy',
  },
  {
    ...latin,
    tag: 'cs-CZ',
    language: 'Czech (Czechia)',
    women: spell(
      'Anežka, Barbora, Dagmar, Jiřina, Kateřina, Ludmila, Markéta, Růžena, Tereza, Zdeňka',
    ),
    men: spell('Bohumil, Čeněk, Jiří, Kryštof, Matěj, Ondřej, Přemysl, Řehoř, Štěpán, Vojtěch'),
    families: spell(
      'Dvořák, Novotný, Černý, Procházka, Kučera, Veselý, Horák, Němec, Růžička, Šimůnek, ' +
        'Žižka, Kříž, Beneš, Doležal, Sedláček, Zeman, Tůma, Hájek',
    ),
    familiesOfWomen: spell(
      'Dvořáková, Novotná, Černá, Procházková, Kučerová, Veselá, Horáková, Němcová, Růžičková, ' +
        'Šimůnková, Žižková, Křížová, Benešová, Doležalová, Sedláčková, Zemanová, Tůmová, Hájková',
    ),
    dateFormat: 'dd.MM.yyyy',
    timeFormat: 'H:mm',
  },
  {
    ...latin,
    tag: 'tr-TR',
    language: 'Turkish (Türkiye)',
    women: spell('Ayşe, Çiğdem, Elif, Gülşen, Işıl, İpek, Melike, Özlem, Şule, Zeynep'),
    men: spell('Ağah, Barış, Çağrı, Emre, Gökhan, Ilgaz, İbrahim, Oğuz, Şahin, Yiğit'),
    families: spell(
      'Çelik, Yıldız, Öztürk, Şahin, Aydın, Kılıç, Doğan, Gündoğdu, Işık, Kaya, Özdemir, Ünal, ' +
        'Ağaoğlu, Karagöz, Türkmen, Bağcı, Şimşek, İnan',
    ),
    dateFormat: 'dd.MM.yyyy',
  },
  {
    ...latin,
    tag: 'vi-VN',
    language: 'Vietnamese (Vietnam)',
    women: spell('Thị Mai, Ánh, Bích Ngọc, Diệu, Hồng, Lan Hương, Mỹ Linh, Phượng, Thảo, Yến'),
    men: spell('Anh Tuấn, Bảo, Dũng, Đức, Hiếu, Khánh, Minh Quân, Phúc, Thắng, Việt'),
    families: spell(
      'Nguyễn, Trần, Lê, Phạm, Hoàng, Huỳnh, Phan, Vũ, Võ, Đặng, Bùi, Đỗ, Hồ, Ngô, Dương, Lý',
    ),
    order: 'family first',
  },
];
