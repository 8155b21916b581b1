/** A licence by the ids and service names that Microsoft publishes for its products. */
export interface Licence {
  readonly skuId: string;
  readonly plans: readonly { readonly id: string; readonly service: string }[];
}

const exchange = { id: 'efb87545-963c-4e0d-99df-69c6916d9eb0', service: 'exchange' };
const teams = { id: '57ff2da0-773e-42df-b2af-ffb7a2317929', service: 'TeamspaceAPI' };
const sharePoint = { id: '5dbe027f-2339-4123-9542-606e4d348a72', service: 'SharePoint' };
const yammer = { id: '7547a3fe-08ee-4ccb-b430-5077c5041653', service: 'YammerEnterprise' };

/** Microsoft 365 E5. */
export const office: Licence = {
  skuId: '06ebc4ee-1bb5-47dd-8120-11324bc54e06',
  plans: [exchange, teams, sharePoint, yammer],
};

/** Microsoft 365 F3, for people without a desk. */
export const frontline: Licence = {
  skuId: '66b55226-6b4f-492c-910c-a3b7a3c9d993',
  plans: [teams, yammer],
};
