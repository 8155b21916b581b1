import { type Clock, formatInstant } from '#clock.ts';
import { Refusal } from '#errors.ts';
import type { Behaviour } from '#plan/behaviour.ts';
import type { Document, Value } from '#plan/document.ts';
import { type Sku, skus } from '../derived/licences.ts';
import { boundObject } from './bound-object.ts';

const groupNames = 'assignedLicenses';
const userNames = `${groupNames},usageLocation,licenseAssignmentStates`;

/** Gives a person or a group licences of what the company has bought, and takes others away. */
export function assignLicense(clock: Clock): Behaviour {
  return async (call) => {
    const { addLicenses, removeLicenses } = call.parameters;
    const { set, path } = boundObject(call);
    const names = set === 'users' ? userNames : groupNames;
    const object = (await call.store.read(`${path}?$select=${names}`)) as Document;
    const held = (object.assignedLicenses ?? []) as Document[];
    const added = (addLicenses as Document[]).map(checkLicence);
    const removed = new Set((removeLicenses as string[]).map((id) => id.toLowerCase()));
    for (const id of removed) {
      if (!held.some(({ skuId }) => skuId === id)) throw notHeld(id);
    }
    if (set === 'users' && added.length > 0 && !object.usageLocation) throw noLocation();
    const kept = held.filter(({ skuId }) => {
      return !removed.has(String(skuId)) && !added.some((each) => each.skuId === skuId);
    });
    const assignedLicenses = [...kept, ...added];
    if (set !== 'users') return call.store.update(path, { assignedLicenses });
    const at = formatInstant(clock.now());
    return call.store.update(path, { assignedLicenses, ...plansOf(assignedLicenses, at) });
  };
}

/** Works out again what a person's licences let them use. */
export function reprocessLicenseAssignment(clock: Clock): Behaviour {
  return async (call) => {
    const { path } = boundObject(call);
    const user = (await call.store.read(`${path}?$select=assignedLicenses`)) as Document;
    const licences = (user.assignedLicenses ?? []) as Document[];
    return call.store.update(path, plansOf(licences, formatInstant(clock.now())));
  };
}

function checkLicence(written: Document): Document {
  const skuId = String(written.skuId ?? '').toLowerCase();
  const disabled = ((written.disabledPlans ?? []) as string[]).map((id) => id.toLowerCase());
  const sku = findSku(skuId);
  if (!sku) {
    const message = `License ${skuId} does not correspond to a valid company License.`;
    throw new Refusal('badRequest', message, { target: 'addLicenses' });
  }
  const unknown = disabled.find((id) => !sku.plans.some(([plan]) => plan === id));
  if (unknown !== undefined) {
    const message = `License assignment failed because service plan ${unknown} is not of ${skuId}.`;
    throw new Refusal('badRequest', message, { target: 'disabledPlans' });
  }
  return { disabledPlans: disabled, skuId };
}

function findSku(skuId: Value | undefined): Sku | undefined {
  return skus.find((each) => each.skuId === skuId);
}

function plansOf(licences: readonly Document[], at: string): Document {
  const plans = licences.flatMap(({ skuId, disabledPlans }) => {
    const disabled = (disabledPlans ?? []) as string[];
    const all = findSku(skuId)?.plans ?? [];
    return all.map(([id, , service]) => ({
      id,
      service,
      status: disabled.includes(id) ? 'Deleted' : 'Enabled',
    }));
  });
  return {
    assignedPlans: plans.map(({ id, service, status }) => ({
      assignedDateTime: at,
      capabilityStatus: status,
      service,
      servicePlanId: id,
    })),
    provisionedPlans: plans.map(({ service, status }) => ({
      capabilityStatus: status,
      provisioningStatus: 'Success',
      service,
    })),
    licenseAssignmentStates: licences.map(({ skuId, disabledPlans = [] }) => ({
      assignedByGroup: null,
      disabledPlans,
      error: 'None',
      lastUpdatedDateTime: at,
      skuId,
      state: 'Active',
    })),
  };
}

function notHeld(skuId: string): Refusal {
  const message = `User does not have a corresponding license.`;
  return new Refusal('badRequest', message, {
    target: 'removeLicenses',
    details: [{ code: 'LicenseNotAssigned', message: `There is no licence of ${skuId}.` }],
  });
}

function noLocation(): Refusal {
  const message = 'License assignment cannot be done for user with invalid usage location.';
  return new Refusal('badRequest', message, { target: 'usageLocation' });
}
