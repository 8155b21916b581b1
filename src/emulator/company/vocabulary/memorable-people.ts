import { type SpelledName, spell } from './culture.ts';

/** What an entry of the directory stands for; `disabled` is a member whose account is closed. */
export type PersonKind = 'member' | 'guest' | 'disabled' | 'resource' | 'trainee';

/**
 * The first people of every company: the same whatever its size and seed, so that docs, examples
 * and tests can name them. The one with index 1 is the default signed-in user.
 */
export interface MemorablePerson {
  readonly given: SpelledName;
  readonly family: SpelledName;
  readonly culture: string;
  readonly city: string;
  readonly jobTitle: string;
  readonly kind: PersonKind;
  readonly isWoman: boolean;
}

type Home = readonly [culture: string, city: string];

function woman(name: string, home: Home, jobTitle: string, kind?: PersonKind): MemorablePerson {
  return { ...man(name, home, jobTitle, kind), isWoman: true };
}

/** The name is written `given, family`, each in its own script and, behind a slash, in Latin. */
function man(
  name: string,
  [culture, city]: Home,
  jobTitle: string,
  kind: PersonKind = 'member',
): MemorablePerson {
  const [given, family] = spell(name, culture === 'de-DE' ? 'expanded' : 'plain');
  return { given: given!, family: family!, culture, city, jobTitle, kind, isWoman: false };
}

export const memorablePeople: readonly MemorablePerson[] = [
  woman('Ingrid, Falkenrath', ['da-DK', 'Bristol'], 'Chief Executive Officer'),
  woman('Mira, Oakley', ['en-GB', 'Bristol'], 'Vice President, Product'),
  woman("Siobhán, O'Brien", ['en-IE', 'Dublin'], 'Vice President, Finance'),
  man('Łukasz, Wiśniewski', ['pl-PL', 'Kraków'], 'Vice President, Engineering'),
  woman('Elif, Çelik', ['tr-TR', 'İzmir'], 'Vice President, Sales'),
  man('Jürgen, Groß-Weber', ['de-DE', 'Hamburg'], 'Vice President, Operations'),
  woman('遥/Haruka, 佐藤/Sato', ['ja-JP', 'Osaka'], 'Vice President, People'),
  woman('静/Jing, 陈/Chen', ['zh-CN', 'Chengdu'], 'Lead Product Manager'),
  woman('Олена/Olena, Шевченко/Shevchenko', ['uk-UA', 'Lviv'], 'Senior Product Designer'),
  woman('ليلى/Layla, حداد/Haddad', ['ar-JO', 'Amman'], 'User Researcher'),
  man('Νίκος/Nikos, Παπαδόπουλος/Papadopoulos', ['el-GR', 'Thessaloniki'], 'Technical Writer'),
  man('민준/Min-jun, 김/Kim', ['ko-KR', 'Busan'], 'Product Analyst'),
  woman('נועה/Noa, לוי/Levi', ['he-IL', 'Haifa'], 'Senior Product Manager'),
  woman('प्रिया/Priya, शर्मा/Sharma', ['hi-IN', 'Pune'], 'Product Manager'),
  man('José, Núñez Peña', ['es-ES', 'Valencia'], 'Senior Accountant'),
  woman('Anne-Sophie, Lefèvre', ['fr-FR', 'Lyon'], 'Counsel'),
  man('Bjørn, Sørensen', ['da-DK', 'Aarhus'], 'Auditor'),
  man('João, Gonçalves', ['pt-PT', 'Porto'], 'Buyer'),
  woman('Thị Mai, Nguyễn', ['vi-VN', 'Hanoi'], 'Financial Analyst'),
  man('Tobias, Marsh', ['en-GB', 'Bristol'], 'Payroll Specialist', 'disabled'),
  woman('Dana, Whitlock', ['en-US', 'Seattle'], 'Survey Consultant', 'guest'),
  man('Calibration, Lab', ['en-GB', 'Bristol'], 'Shared mailbox', 'resource'),
  woman('Zoë, van der Berg', ['nl-NL', 'Utrecht'], 'Lead Software Engineer'),
  woman("Дар'я/Daria, Коваленко/Kovalenko", ['uk-UA', 'Lviv'], 'Test Engineer'),
  man('Pip, Garside', ['en-GB', 'Bristol'], 'Trainee', 'trainee'),
];
