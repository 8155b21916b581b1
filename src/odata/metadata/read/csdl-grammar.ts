/** Which attributes and children an element of CSDL XML has (OData CSDL XML 4.01; edmx.xsd). */
export interface ElementRule {
  readonly required?: readonly string[];
  readonly optional?: readonly string[];
  readonly children?: readonly string[];
}

const facets = ['MaxLength', 'Precision', 'Scale', 'Unicode', 'SRID'];

const constants = [
  'Binary',
  'Bool',
  'Date',
  'DateTimeOffset',
  'Decimal',
  'Duration',
  'EnumMember',
  'Float',
  'Guid',
  'Int',
  'String',
  'TimeOfDay',
  'AnnotationPath',
  'ModelElementPath',
  'NavigationPropertyPath',
  'Path',
  'PropertyPath',
];

/** Expressions that an attribute of `Annotation` or `PropertyValue` may hold. */
export const inlineExpressions: readonly string[] = [...constants, 'UrlRef'];

const operators = [
  ...['And', 'Or', 'Not', 'Eq', 'Ne', 'Gt', 'Ge', 'Lt', 'Le', 'Has', 'In'],
  ...['Neg', 'Add', 'Sub', 'Mul', 'Div', 'DivBy', 'Mod', 'If'],
];

const expressions = [
  ...constants,
  ...operators,
  ...['Apply', 'Cast', 'IsOf', 'LabeledElement', 'LabeledElementReference'],
  ...['Collection', 'Record', 'Null', 'UrlRef'],
];

const annotation = ['Annotation'];
const operand: ElementRule = { children: [...expressions, ...annotation] };
const structured = ['Property', 'NavigationProperty', ...annotation];
const typeAttributes = ['BaseType', 'Abstract', 'OpenType'];

export const csdlGrammar: Readonly<Record<string, ElementRule>> = {
  Edmx: { required: ['Version'], children: ['Reference', 'DataServices'] },
  Reference: { required: ['Uri'], children: ['Include', 'IncludeAnnotations', ...annotation] },
  Include: { required: ['Namespace'], optional: ['Alias'], children: annotation },
  IncludeAnnotations: { required: ['TermNamespace'], optional: ['Qualifier', 'TargetNamespace'] },
  DataServices: { children: ['Schema'] },
  Schema: {
    required: ['Namespace'],
    optional: ['Alias'],
    children: [
      ...['ComplexType', 'EntityType', 'EnumType', 'TypeDefinition', 'Action', 'Function'],
      ...['Term', 'EntityContainer', 'Annotations', ...annotation],
    ],
  },
  EntityType: {
    required: ['Name'],
    optional: [...typeAttributes, 'HasStream'],
    children: ['Key', ...structured],
  },
  ComplexType: { required: ['Name'], optional: typeAttributes, children: structured },
  Key: { children: ['PropertyRef'] },
  PropertyRef: { required: ['Name'], optional: ['Alias'] },
  Property: {
    required: ['Name', 'Type'],
    optional: ['Nullable', 'DefaultValue', ...facets],
    children: annotation,
  },
  NavigationProperty: {
    required: ['Name', 'Type'],
    optional: ['Nullable', 'Partner', 'ContainsTarget'],
    children: ['ReferentialConstraint', 'OnDelete', ...annotation],
  },
  ReferentialConstraint: { required: ['Property', 'ReferencedProperty'], children: annotation },
  OnDelete: { required: ['Action'], children: annotation },
  EnumType: {
    required: ['Name'],
    optional: ['IsFlags', 'UnderlyingType'],
    children: ['Member', ...annotation],
  },
  Member: { required: ['Name'], optional: ['Value'], children: annotation },
  TypeDefinition: { required: ['Name', 'UnderlyingType'], optional: facets, children: annotation },
  Action: {
    required: ['Name'],
    optional: ['IsBound', 'EntitySetPath'],
    children: ['Parameter', 'ReturnType', ...annotation],
  },
  Function: {
    required: ['Name'],
    optional: ['IsBound', 'IsComposable', 'EntitySetPath'],
    children: ['Parameter', 'ReturnType', ...annotation],
  },
  Parameter: {
    required: ['Name', 'Type'],
    optional: ['Nullable', ...facets],
    children: annotation,
  },
  ReturnType: { required: ['Type'], optional: ['Nullable', ...facets], children: annotation },
  Term: {
    required: ['Name', 'Type'],
    optional: ['Nullable', 'DefaultValue', 'AppliesTo', 'BaseTerm', ...facets],
    children: annotation,
  },
  EntityContainer: {
    required: ['Name'],
    optional: ['Extends'],
    children: ['EntitySet', 'Singleton', 'ActionImport', 'FunctionImport', ...annotation],
  },
  EntitySet: {
    required: ['Name', 'EntityType'],
    optional: ['IncludeInServiceDocument'],
    children: ['NavigationPropertyBinding', ...annotation],
  },
  Singleton: {
    required: ['Name', 'Type'],
    optional: ['Nullable'],
    children: ['NavigationPropertyBinding', ...annotation],
  },
  NavigationPropertyBinding: { required: ['Path', 'Target'] },
  ActionImport: { required: ['Name', 'Action'], optional: ['EntitySet'], children: annotation },
  FunctionImport: {
    required: ['Name', 'Function'],
    optional: ['EntitySet', 'IncludeInServiceDocument'],
    children: annotation,
  },
  Annotations: { required: ['Target'], optional: ['Qualifier'], children: annotation },
  Annotation: {
    required: ['Term'],
    optional: ['Qualifier', ...inlineExpressions],
    children: [...expressions, ...annotation],
  },
  Collection: { children: expressions },
  Record: { optional: ['Type'], children: ['PropertyValue', ...annotation] },
  PropertyValue: {
    required: ['Property'],
    optional: inlineExpressions,
    children: [...expressions, ...annotation],
  },
  ...Object.fromEntries(constants.map((name) => [name, {}])),
  ...Object.fromEntries(operators.map((name) => [name, operand])),
  Apply: { optional: ['Function'], ...operand },
  Cast: { required: ['Type'], optional: facets, ...operand },
  IsOf: { required: ['Type'], optional: facets, ...operand },
  LabeledElement: { required: ['Name'], optional: inlineExpressions, ...operand },
  LabeledElementReference: {},
  Null: { children: annotation },
  UrlRef: operand,
};
