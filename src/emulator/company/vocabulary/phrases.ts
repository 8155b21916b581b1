function list(text: string): readonly string[] {
  return text.split(', ');
}

export const company = {
  name: 'Fernhollow Instruments',
  domain: 'fernhollow.example',
  mailDomain: 'fernhollow-mail.example',
  onPremisesDomain: 'corp.fernhollow.example',
  industry: 'Measuring instruments',
} as const;

export const partners = [
  { name: 'Kestrel Bay Surveys', domain: 'kestrelbay.example' },
  { name: 'Northlight Harbours', domain: 'northlight.example' },
  { name: 'Quillfeather Print', domain: 'quillfeather.example' },
  { name: 'Amberline Logistics', domain: 'amberline.example' },
  { name: 'Larkspur Farms', domain: 'larkspur.example' },
] as const;

/** Where people worked before: few enough that two people often share one. */
export const formerCompanies = list(
  'Fernhollow Instruments, Kestrel Bay Surveys, Northlight Harbours, Amberline Logistics, ' +
    'Corvid Systems, Tidewater Analytics, Pinecone Optics, Galehaven Energy, Marlowe & Finch, ' +
    'Saltmarsh Software, Brightwater Robotics, Hollybank Airways, Wren Telecom, Ironbridge Tools',
);

export const schools = list(
  'University of Westhaven, Harrowgate Institute of Technology, Lindenberg Technical University, ' +
    'École des Mesures de Valcourt, Universidad de Montebello, Akademia Nowa Wisła, ' +
    'Minamizaki University, Qingshan University, Tallinnova College, Sabarmati School of Design, ' +
    'Karmel Institute of Science, Aegean Business School',
);
export const degrees = list('BSc, BA, BEng, MSc, MA, MEng, MBA, PhD');
export const fields = list(
  'Physics, Computer science, Economics, Mechanical engineering, Design, Law, Meteorology, ' +
    'Electrical engineering, Psychology, Geography, Mathematics, Languages',
);

export const interests = list(
  'Sailing, Bird watching, Chess, Baking, Trail running, Choir, Pottery, Astronomy, Cycling, ' +
    'Gardening, Photography, Board games, Climbing, Jazz, Knitting, Volleyball, Film, Beekeeping',
);

export const projects = list(
  'Harbour fog warning, Glacier watch, Airport wind shear, Orchard frost alarm, Rain radar 2, ' +
    'Quiet office, Paperless calibration, Buoy network north, Night-sky camera, Green packaging',
);

export const codeNames = {
  colours: list('Amber, Azure, Copper, Crimson, Emerald, Indigo, Ivory, Ochre, Scarlet, Silver'),
  birds: list(
    'Avocet, Bittern, Curlew, Dunlin, Egret, Falcon, Goshawk, Heron, Ibis, Jackdaw, Kingfisher, ' +
      'Lapwing, Merlin, Nightjar, Osprey, Plover, Redstart, Siskin, Tern, Wagtail',
  ),
} as const;

/** First sentences of a person's own description. */
export const openings = [
  'I build things that measure the weather.',
  'I care about plain language and good tools.',
  'I joined for the instruments and stayed for the people.',
  'Ask me about fog.',
  'Happiest between a whiteboard and a workbench.',
  'I turn questions into numbers.',
] as const;
