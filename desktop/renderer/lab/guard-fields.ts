const FIELDS = 'input, textarea, select, form';

/**
 * Keeps browsers from writing down what is typed: they store the fields of a page to bring it back after a crash, and
 * offer former entries to the next person. New fields are guarded as they appear. Returns how to stop.
 */
export function guardFields(page: Document): () => void {
  const guard = (one: Element): void => {
    if (one.getAttribute('autocomplete') !== 'off') one.setAttribute('autocomplete', 'off');
  };
  const guardAll = (root: ParentNode): void => root.querySelectorAll(FIELDS).forEach(guard);
  const watch = new MutationObserver((changes) => {
    for (const { addedNodes, target, type } of changes) {
      if (type === 'attributes' && target instanceof Element && target.matches(FIELDS)) guard(target);
      for (const node of addedNodes) {
        if (!(node instanceof Element)) continue;
        if (node.matches(FIELDS)) guard(node);
        guardAll(node);
      }
    }
  });
  watch.observe(page, { childList: true, subtree: true, attributeFilter: ['autocomplete'] });
  guardAll(page);
  return () => watch.disconnect();
}
