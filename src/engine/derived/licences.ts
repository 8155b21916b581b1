import type { EntityType, Property } from '#model/model.ts';
import type { Document, Value } from '#plan/document.ts';
import type { Expression } from '#plan/expression.ts';
import { nothingAsked } from '#plan/query.ts';
import type { Derivation, DerivationContext } from './derivation.ts';

/** A product that a company may have bought, by the ids and names that Microsoft publishes. */
export interface Sku {
  readonly skuId: string;
  readonly skuPartNumber: string;
  /** Service plans: id, name, and the service behind it. */
  readonly plans: readonly (readonly [id: string, name: string, service: string])[];
}

const exchange = [
  'efb87545-963c-4e0d-99df-69c6916d9eb0',
  'EXCHANGE_S_ENTERPRISE',
  'exchange',
] as const;
const teams = ['57ff2da0-773e-42df-b2af-ffb7a2317929', 'TEAMS1', 'TeamspaceAPI'] as const;
const sharePoint = [
  '5dbe027f-2339-4123-9542-606e4d348a72',
  'SHAREPOINTENTERPRISE',
  'SharePoint',
] as const;
const yammer = [
  '7547a3fe-08ee-4ccb-b430-5077c5041653',
  'YAMMER_ENTERPRISE',
  'YammerEnterprise',
] as const;

/** What every directory has bought. */
export const skus: readonly Sku[] = [
  {
    skuId: '06ebc4ee-1bb5-47dd-8120-11324bc54e06',
    skuPartNumber: 'SPE_E5',
    plans: [exchange, teams, sharePoint, yammer],
  },
  {
    skuId: '05e9a617-0261-4cee-bb44-138d3ef5d965',
    skuPartNumber: 'SPE_E3',
    plans: [exchange, teams, sharePoint, yammer],
  },
  {
    skuId: '66b55226-6b4f-492c-910c-a3b7a3c9d993',
    skuPartNumber: 'SPE_F1',
    plans: [teams, yammer],
  },
  {
    skuId: '6fd2c87f-b296-42f0-b197-1e91e994b900',
    skuPartNumber: 'ENTERPRISEPACK',
    plans: [exchange, teams, sharePoint, yammer],
  },
];

/** Units of each product that have been bought. */
const UNITS = 1_000_000;

/** The products that the company has bought, with how many of their units people have. */
export const deriveSubscribedSkus: Derivation = async (context) => {
  const { id: tenant, displayName } = context.caller.tenant;
  const prepaidUnits = { enabled: UNITS, lockedOut: 0, suspended: 0, warning: 0 };
  return Promise.all(
    skus.map(async (sku) => ({
      accountId: tenant,
      accountName: displayName,
      appliesTo: 'User',
      capabilityStatus: 'Enabled',
      consumedUnits: await countHolders(context, sku.skuId),
      id: `${tenant}_${sku.skuId}`,
      prepaidUnits,
      servicePlans: servicePlansOf(sku),
      skuId: sku.skuId,
      skuPartNumber: sku.skuPartNumber,
      subscriptionIds: [],
    })),
  );
};

/** What a person may use by each licence that they have. */
export const deriveLicenseDetails: Derivation = async ({ reader, owner }) => {
  const address = { set: 'users', owner: owner!.owner, path: '', key: '' };
  const record = await reader.read(address);
  const { assignedLicenses = [] } = JSON.parse(record?.text ?? '{}') as Document;
  return (assignedLicenses as Document[]).flatMap(({ skuId }) => {
    const sku = skus.find((each) => each.skuId === skuId);
    if (!sku) return [];
    const { skuPartNumber } = sku;
    return [{ id: sku.skuId, servicePlans: servicePlansOf(sku), skuId: sku.skuId, skuPartNumber }];
  });
};

function servicePlansOf({ plans }: Sku): Value {
  return plans.map(([servicePlanId, servicePlanName]) => ({
    appliesTo: 'User',
    provisioningStatus: 'Success',
    servicePlanId,
    servicePlanName,
  }));
}

async function countHolders({ model, reader }: DerivationContext, skuId: string): Promise<number> {
  const { type } = model.resources.get('users')!;
  const filter = holds(type, skuId);
  const query = { ...nothingAsked, pageSize: 0, filter, count: true };
  const { count } = await reader.query({ kind: 'set', set: 'users', type }, query, 'nothing');
  return count ?? 0;
}

/** That one of a user's licences is of a product. */
function holds(user: EntityType, skuId: string): Expression {
  const licenses = user.properties.get('assignedLicenses')!;
  const sku: Property =
    licenses.type.kind === 'complex' ? licenses.type.properties.get('skuId')! : licenses;
  const many = { type: licenses.type, collection: true };
  const one = { type: sku.type, collection: false };
  return {
    kind: 'any',
    collection: {
      kind: 'path',
      result: many,
      variable: '$it',
      steps: [{ kind: 'property', property: licenses }],
    },
    variable: 'licence',
    predicate: {
      kind: 'comparison',
      operator: 'eq',
      left: {
        kind: 'path',
        result: one,
        variable: 'licence',
        steps: [{ kind: 'property', property: sku }],
      },
      right: { kind: 'literal', result: one, value: skuId },
    },
  };
}
