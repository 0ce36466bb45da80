import { options, type VNode } from 'preact';

/**
 * Preact draws the screens (docs/client.md). Where it differs from the React that they are written for, and somebody would
 * notice, it is told here. Loaded before anything is drawn.
 */

// React has run the effects of a key or click before the next one comes; Preact would wait for a frame, in which keys still
// meet the former screen and a dialog is shown without being modal.
options.requestAnimationFrame = (run) => queueMicrotask(run);

interface ElementProps {
  autoFocus?: boolean;
  spellCheck?: boolean | string;
}

const { vnode: prepare } = options as { vnode?: (this: void, node: VNode) => void };
options.vnode = (node: VNode) => {
  prepare?.(node);
  if (typeof node.type !== 'string') return;
  const props = node.props as ElementProps;
  // As an attribute it means something only while a page is loaded.
  if (props.autoFocus === true) {
    delete props.autoFocus;
    node.ref ??= focusElement;
  }
  // An attribute that is `false` would be left out, and what is left out means `true`.
  if (props.spellCheck === false) props.spellCheck = 'false';
};

function focusElement(element: HTMLElement | null): void {
  element?.focus();
}
