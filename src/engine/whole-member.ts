import type { EntityType } from '#model/model.ts';
import type { AnswerText, ShownEntity } from '#plan/answer.ts';
import { type Found, memberPath } from './expand.ts';
import { textContent } from './show.ts';

/** A member whose stored text is what is shown. */
export class WholeMember implements ShownEntity {
  readonly type: EntityType;
  readonly actualType: EntityType;
  readonly version: number;
  readonly content: AnswerText;
  readonly expanded = [];
  private readonly found: Found;

  constructor(type: EntityType, found: Found) {
    this.type = type;
    this.actualType = type;
    this.version = found.member.version;
    this.content = textContent(found.member.text);
    this.found = found;
  }

  /** Made when it is asked for: few formats name it. */
  get path(): string {
    return memberPath(this.type, this.found);
  }
}
