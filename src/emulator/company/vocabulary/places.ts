/** An office of the company; street and phone follow the country's shape but lead nowhere. */
export interface Place {
  readonly city: string;
  readonly state: string;
  readonly country: string;
  readonly countryCode: string;
  readonly postalCode: string;
  readonly street: string;
  readonly phonePrefix: string;
  /** A time zone by its Windows name, as Outlook gives them. */
  readonly timeZone: string;
  /** The culture that most people of the office have. */
  readonly culture: string;
  readonly weekStart: 'monday' | 'sunday';
  /** How many of a hundred people work here. */
  readonly share: number;
}

// Two lines an office: city, state, country, code, postal code, street; then phone prefix, time
// zone, culture, and how many of a hundred people work there.
const rows = `
Bristol | England | United Kingdom | GB | BS1 9ZX | 14 Lantern Quay
+44 117 496 | GMT Standard Time | en-GB | 14
Dublin | Leinster | Ireland | IE | D02 XY99 | 8 Heron Lane
+353 1 555 | GMT Standard Time | en-IE | 5
Seattle | WA | United States | US | 98199 | 2100 Ferry Terrace
+1 206 555 | Pacific Standard Time | en-US | 10
Hamburg | Hamburg | Germany | DE | 20099 | Möwenstraße 21
+49 40 66969 | W. Europe Standard Time | de-DE | 9
Lyon | Auvergne-Rhône-Alpes | France | FR | 69009 | 3 quai des Hérons
+33 4 65 71 | Romance Standard Time | fr-FR | 6
Valencia | Comunitat Valenciana | Spain | ES | 46099 | Calle del Mirlo 5
+34 960 555 | Romance Standard Time | es-ES | 4
Porto | Porto | Portugal | PT | 4099-001 | Rua do Farol 77
+351 220 555 | GMT Standard Time | pt-PT | 3
Turin | Piemonte | Italy | IT | 10199 | Via delle Rondini 12
+39 011 555 | W. Europe Standard Time | it-IT | 4
Utrecht | Utrecht | Netherlands | NL | 3599 ZZ | Reigerkade 40
+31 30 555 | W. Europe Standard Time | nl-NL | 4
Aarhus | Midtjylland | Denmark | DK | 8099 | Mågevej 6
+45 8755 | Romance Standard Time | da-DK | 3
Kraków | Małopolskie | Poland | PL | 30-999 | ul. Żurawia 18
+48 12 555 | Central European Standard Time | pl-PL | 6
Brno | Jihomoravský kraj | Czechia | CZ | 602 99 | Špačkova 9
+420 555 10 | Central Europe Standard Time | cs-CZ | 3
İzmir | İzmir | Türkiye | TR | 35999 | Martı Sokağı 33
+90 232 555 | Turkey Standard Time | tr-TR | 4
Hanoi | Hà Nội | Vietnam | VN | 11999 | 25 Phố Hải Đăng
+84 24 5550 | SE Asia Standard Time | vi-VN | 3
Osaka | 大阪府 | Japan | JP | 530-9999 | 北区灯台町 1-2-3
+81 6 5550 | Tokyo Standard Time | ja-JP | 5
Chengdu | 四川 | China | CN | 610999 | 白鹭路 88 号
+86 28 5550 | China Standard Time | zh-CN | 4
Lviv | Львівська область | Ukraine | UA | 79999 | вул. Чаплі 4
+380 32 555 | FLE Standard Time | uk-UA | 3
Plovdiv | Пловдив | Bulgaria | BG | 4099 | ул. Чучулига 16
+359 32 555 | FLE Standard Time | bg-BG | 2
Amman | عمّان | Jordan | JO | 11999 | شارع المنارة 7
+962 6 555 | Jordan Standard Time | ar-JO | 2
Thessaloniki | Κεντρική Μακεδονία | Greece | GR | 54999 | Οδός Γλάρων 11
+30 2310 555 | GTB Standard Time | el-GR | 2
Busan | 부산광역시 | South Korea | KR | 48999 | 등대로 52
+82 51 555 | Korea Standard Time | ko-KR | 2
Haifa | מחוז חיפה | Israel | IL | 3499999 | רחוב המגדלור 3
+972 4 555 | Israel Standard Time | he-IL | 1
Pune | महाराष्ट्र | India | IN | 411999 | 19 Bulbul Marg
+91 20 5550 | India Standard Time | hi-IN | 3
`
  .trim()
  .split('\n');

const weeksFromSunday = ['JO', 'IL'];

/** The company's offices, the headquarters first. */
export const places: readonly Place[] = rows.flatMap((row, number) =>
  number % 2 === 0 ? [readPlace(row, rows[number + 1]!)] : [],
);

function readPlace(first: string, second: string): Place {
  const [city = '', state = '', country = '', countryCode = '', ...address] = first.split(' | ');
  const [postalCode = '', street = ''] = address;
  const [phonePrefix = '', timeZone = '', culture = '', share = ''] = second.split(' | ');
  return {
    city,
    state,
    country,
    countryCode,
    postalCode,
    street,
    phonePrefix,
    timeZone,
    culture,
    weekStart: weeksFromSunday.includes(countryCode) ? 'sunday' : 'monday',
    share: Number(share),
  };
}

/** Office numbers, each as often as its share says: a pick from it follows the shares. */
export const placeShares: readonly number[] = places.flatMap((place, number) =>
  new Array<number>(place.share).fill(number),
);
