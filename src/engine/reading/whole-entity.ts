import type { EntityType } from '#model/model.ts';
import type { Answer, ShownEntity } from '#plan/answer.ts';
import { formatContext } from '#plan/context-url.ts';
import type { Document } from '#plan/document.ts';
import { keyTextOf } from '#plan/key-text.ts';
import type { ReadPlan } from '#plan/request.ts';
import type { FoundEntity } from '#plan/store.ts';
import { type Found, memberPath } from './expand.ts';
import { showRoot } from './locate-root.ts';
import { textContent } from './show.ts';

type StoredText = Pick<FoundEntity, 'version' | 'text' | 'bytes'>;

/** An entity whose stored text is what is shown. */
abstract class Whole implements ShownEntity {
  readonly type: EntityType;
  readonly actualType: EntityType;
  readonly version: number;
  readonly content: ShownEntity['content'];
  readonly expanded = [];

  constructor(type: EntityType, { version, text, bytes }: StoredText) {
    this.type = type;
    this.actualType = type;
    this.version = version;
    this.content = bytes ? { kind: 'bytes', bytes } : textContent(text);
  }

  /** Made when it is asked for: few formats name it. */
  abstract get path(): string;
}

/** A member of a collection. */
export class WholeMember extends Whole {
  private readonly found: Found;

  constructor(type: EntityType, found: Found) {
    super(type, found.member);
    this.found = found;
  }

  get path(): string {
    const { member } = this.found;
    if (member.key !== '') return memberPath(this.type, this.found);
    const key = keyTextOf(this.type, JSON.parse(member.text) as Document) ?? '';
    return memberPath(this.type, { ...this.found, member: { ...member, key } });
  }
}

/** A root entity that is read alone. */
export class WholeEntity extends Whole implements Answer {
  private readonly plan: ReadPlan;
  private readonly found: FoundEntity;

  constructor(plan: ReadPlan, found: FoundEntity) {
    super(plan.target.type, found);
    this.plan = plan;
    this.found = found;
  }

  get context(): string {
    const { resource } = this.plan.target;
    const path = resource.isCaller ? resource.set : resource.name;
    return formatContext({ kind: 'entity', path, selection: this.plan.selection });
  }

  get path(): string {
    return showRoot(this.plan.target.resource, this.found);
  }
}
