import { formatMoment } from './calendar.ts';
import { makeGuid } from './guid.ts';
import type { Person } from './person.ts';
import type { Random } from './random.ts';
import { frontline, type Licence, office } from './vocabulary/licences.ts';

/** The id of the security group through which the people of a pilot get their licence. */
export function pilotGroupId(seed: number): string {
  return makeGuid(seed, 'security', 0, 2);
}

/** Whether the person's licence comes through the pilot's security group. */
export function isLicencePilot(index: number): boolean {
  return index % 10 === 3 && index < 2000;
}

/** The licence members of a user; the plans are those of the one licence that the person has. */
export function describeLicences(seed: number, person: Person, random: Random): object {
  const licence = chooseLicence(person, random);
  const disabledPlans = random.percent(20) ? licence.plans.slice(-1).map((plan) => plan.id) : [];
  const assigned = formatMoment(person.accountDay, random.below(86_400));
  const isPilot = isLicencePilot(person.index);
  return {
    assignedLicenses: [{ disabledPlans, skuId: licence.skuId }],
    assignedPlans: licence.plans.map((plan) => ({
      assignedDateTime: assigned,
      capabilityStatus: disabledPlans.includes(plan.id) ? 'Deleted' : 'Enabled',
      service: plan.service,
      servicePlanId: plan.id,
    })),
    licenseAssignmentStates: [
      {
        assignedByGroup: isPilot ? pilotGroupId(seed) : null,
        disabledPlans,
        error: 'None',
        lastUpdatedDateTime: assigned,
        skuId: licence.skuId,
        state: 'Active',
      },
    ],
    provisionedPlans: licence.plans.map((plan) => ({
      capabilityStatus: disabledPlans.includes(plan.id) ? 'Deleted' : 'Enabled',
      provisioningStatus: 'Success',
      service: plan.service,
    })),
  };
}

function chooseLicence(person: Person, random: Random): Licence {
  const isOnFeet = person.division.name === 'Operations' && random.percent(60);
  return isOnFeet || person.kind === 'guest' ? frontline : office;
}
