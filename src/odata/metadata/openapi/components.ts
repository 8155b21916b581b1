import type { JsonObject } from '../json.ts';

function option(name: string, schema: JsonObject, description: string): JsonObject {
  return { name, in: 'query', schema, description };
}

const text = { type: 'string' } as const;
const names = { type: 'array', items: text } as const;
const count = { type: 'integer', minimum: 0 } as const;

/** Parameters and the error answer that operations refer to (OData URL Conventions, section 5). */
export const components: JsonObject = {
  parameters: {
    top: option('$top', count, 'Show only the first n members.'),
    skip: option('$skip', count, 'Leave out the first n members.'),
    search: option('$search', text, 'Members that contain these words or phrases.'),
    filter: option('$filter', text, 'Members for which this expression is true.'),
    count: option('$count', { type: 'boolean' }, 'Tell how many members there are.'),
    orderby: { ...option('$orderby', names, 'The order of the members.'), explode: false },
    select: { ...option('$select', names, 'The properties to show.'), explode: false },
    expand: { ...option('$expand', names, 'The navigations to show inline.'), explode: false },
    ifMatch: {
      name: 'If-Match',
      in: 'header',
      schema: text,
      description: 'Only if the entity still has this entity tag.',
    },
    prefer: {
      name: 'Prefer',
      in: 'header',
      schema: text,
      description: '`return=minimal` asks for an answer without a body.',
    },
  },
  responses: {
    error: {
      description: 'The request is refused.',
      content: {
        'application/json': {
          schema: {
            type: 'object',
            required: ['error'],
            properties: {
              error: {
                type: 'object',
                required: ['code', 'message'],
                properties: {
                  code: text,
                  message: text,
                  target: text,
                  details: { type: 'array', items: { type: 'object' } },
                  innerError: { type: 'object' },
                },
              },
            },
          },
        },
      },
    },
  },
};
