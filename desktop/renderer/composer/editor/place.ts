/** Where the cursor is in a composer: counted, so that it is found again in a text that was read anew. */
export interface Place {
  field: 'to' | 'cc' | 'bcc' | 'subject' | 'body';
  start: number;
  end: number;
  /** Of the text, in CSS pixels. */
  scroll: number;
}

const FIELDS: readonly Place['field'][] = ['to', 'cc', 'bcc', 'subject', 'body'];

/** Null when the focus is in none of its fields. */
export function readPlace(form: Element): Place | null {
  const active = document.activeElement;
  const field = FIELDS.find((name) => active !== null && findField(form, name) === active);
  if (field === undefined || active === null) return null;
  const scroll = findField(form, 'body')?.scrollTop ?? 0;
  if (isTyped(active))
    return { field, start: active.selectionStart ?? 0, end: active.selectionEnd ?? 0, scroll };
  const selection = getSelection();
  if (selection === null || selection.rangeCount === 0) return { field, start: 0, end: 0, scroll };
  const { startContainer, startOffset, endContainer, endOffset } = selection.getRangeAt(0);
  return {
    field,
    start: countSteps(active, startContainer, startOffset),
    end: countSteps(active, endContainer, endOffset),
    scroll,
  };
}

/** Puts focus and cursor there; false when there is no such field. */
export function takePlace(form: Element, { field, start, end, scroll }: Place): boolean {
  const target = findField(form, field);
  if (target === null) return false;
  target.focus({ preventScroll: true });
  if (isTyped(target)) target.setSelectionRange(start, end);
  else getSelection()?.setBaseAndExtent(...locate(target, start), ...locate(target, end));
  const body = findField(form, 'body');
  if (body !== null) body.scrollTop = scroll;
  return true;
}

/** Whether something that was kept elsewhere is a place. */
export function isPlace(value: unknown): value is Place {
  const { field, start, end, scroll } = (value ?? {}) as Partial<Place>;
  return (
    FIELDS.includes(field as Place['field']) && [start, end, scroll].every((one) => Number.isFinite(one))
  );
}

function findField(form: Element, field: Place['field']): HTMLElement | null {
  return form.querySelector<HTMLElement>(`[data-testid=compose-${field}]`);
}

function isTyped(element: Element): element is HTMLInputElement | HTMLTextAreaElement {
  return element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement;
}

function walk(root: Element): TreeWalker {
  return document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
}

/** Characters and elements from the beginning of `root` up to a place in it. */
function countSteps(root: Element, container: Node, offset: number): number {
  const edge = document.createRange();
  edge.setStart(container, offset);
  let steps = 0;
  const walker = walk(root);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (node instanceof Text) {
      if (node === container) return steps + offset;
      if (edge.comparePoint(node, node.length) > 0) return steps;
      steps += node.length;
    } else {
      if (edge.comparePoint(node, 0) > 0) return steps;
      steps += 1;
    }
  }
  return steps;
}

function locate(root: Element, steps: number): [Node, number] {
  let left = steps;
  const walker = walk(root);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (node instanceof Text) {
      if (left <= node.length) return [node, left];
      left -= node.length;
    } else {
      const parent = node.parentNode ?? root;
      if (left === 0) return [parent, [...parent.childNodes].indexOf(node as ChildNode)];
      left -= 1;
    }
  }
  return [root, root.childNodes.length];
}
