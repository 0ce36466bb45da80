import assert from 'node:assert/strict';
import { it } from 'node:test';
import { chooseCanvas } from '../../../desktop/renderer/reader/body/canvas.ts';

it('simple mail follows the theme, designed mail stays light, and its reader has the last word', () => {
  const cases: [dark: boolean, designed: boolean, chosen: 'light' | 'dark' | null, canvas: string][] = [
    [false, false, null, 'light'],
    [false, true, 'dark', 'light'],
    [true, false, null, 'dark'],
    [true, false, 'light', 'light'],
    [true, true, null, 'light'],
    [true, true, 'dark', 'turned'],
    [true, true, 'light', 'light'],
  ];
  for (const [dark, designed, chosen, canvas] of cases) {
    assert.equal(chooseCanvas({ dark, designed, chosen }), canvas, JSON.stringify([dark, designed, chosen]));
  }
});
