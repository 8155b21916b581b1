import { generateCompany } from '#emulator/company/generate-company.ts';

type Line = Record<string, unknown> & { id: string };

/** Ids of the company that the emulator seeds, chosen for what the contract's routes need. */
export interface Seeded {
  readonly mira: string;
  /** Mira as the seed writes her. */
  readonly miraLine: Readonly<Record<string, unknown>>;
  readonly ingrid: string;
  /** Mira's contacts. */
  readonly contact: string;
  readonly contactWithoutPhoto: string;
  readonly contactOfAnother: string;
  /** Mira belongs to it; it has a photo and a team. */
  readonly group: string;
  readonly groupOfOthers: string;
  readonly securityGroup: string;
  /** Mira's, and its other member. */
  readonly connection: string;
  readonly connected: string;
  readonly connectionOfOthers: string;
  readonly connectionOfOthersMembers: readonly string[];
}

/** Generates the company again, which gives the same ids as the server's own. */
export function findSeeded(): Seeded {
  const lines = [...generateCompany({ people: 50, seed: 1 })] as unknown as Line[];
  const inSet = (set: string) => lines.filter((line) => line['@set'] === set);
  const under = (parent: string) => lines.filter((line) => line['@parent'] === parent);
  const person = (name: string) => {
    return inSet('users').find((line) => line.userPrincipalName === name)!;
  };
  const miraLine = person('mira@fernhollow.example');
  const mira = miraLine.id;
  const hasPhoto = (parent: string) => under(`${parent}/photo`).length > 0;
  const contacts = under(`users('${mira}')/contacts`);
  const withPhoto = ({ id }: Line) => hasPhoto(`users('${mira}')/contacts('${id}')`);
  const isUnified = (group: Line) => String(group.groupTypes) === 'Unified';
  const hasMira = (group: Line) => JSON.stringify(group['members@odata.bind']).includes(mira);
  const groups = inSet('groups');
  const members = (line: Line) => line.members as string[];
  const connection = inSet('connections').find((line) => members(line).includes(mira))!;
  const others = inSet('connections').find((line) => !members(line).includes(mira))!;
  return {
    mira,
    miraLine,
    ingrid: person('ingrid@fernhollow.example').id,
    contact: contacts.find(withPhoto)!.id,
    contactWithoutPhoto: contacts.find((each) => !withPhoto(each))!.id,
    contactOfAnother: lines.find(
      (line) => /\/contacts$/.test(String(line['@parent'])) && !contacts.includes(line),
    )!.id,
    group: groups.find(
      (each) => isUnified(each) && hasMira(each) && hasPhoto(`groups('${each.id}')`),
    )!.id,
    groupOfOthers: groups.find((each) => isUnified(each) && !hasMira(each))!.id,
    securityGroup: groups.find((each) => !isUnified(each))!.id,
    connection: connection.id,
    connected: members(connection).find((id) => id !== mira)!,
    connectionOfOthers: others.id,
    connectionOfOthersMembers: members(others),
  };
}
