import { decodeText } from './charset.ts';
import { extractText } from './html-text.ts';
import type { PartNode } from './part.ts';
import type { BodyParts } from './select-body.ts';
import { decodeTransfer } from './transfer.ts';

const SNIPPET_LENGTH = 140;
/** Encoded bytes looked at: first few, then (behind a newsletter's long style sheet) more. */
const LOOK_AT = [8 * 1024, 160 * 1024] as const;

/** The first words of a message, at most 140 characters, one line. */
export function makeSnippet(body: BodyParts, bytes: Buffer): string {
  for (const part of [...body.text, ...body.html]) {
    const snippet = snipPart(part, bytes);
    if (snippet !== '') return snippet;
  }
  return '';
}

function snipPart(part: PartNode, bytes: Buffer): string {
  let snippet = '';
  for (const most of LOOK_AT) {
    const cut = part.end - part.start > most;
    const encoded = bytes.subarray(part.start, cut ? part.start + most : part.end);
    const text = decodeText(decodeTransfer(encoded, part.encoding), part.charset);
    snippet = snip(cut ? text.replace(/\ufffd{1,3}$/, '') : text, part.type === 'text/html');
    if (!cut || snippet.length >= SNIPPET_LENGTH / 2) break;
  }
  return snippet;
}

const HTML_START = /^\s*(?:<!doctype html|<html|<head|<body|<div|<table|<p[ >]|<style|<meta)/i;

function snip(text: string, html: boolean): string {
  if (html || HTML_START.test(text)) return tidy(extractText(text, 8 * SNIPPET_LENGTH));
  const head = text.slice(0, 16 * SNIPPET_LENGTH);
  const own = tidy(head.replace(/^>.*$/gm, ''));
  return own === '' ? tidy(head) : own;
}

/** One line without the invisible characters with which newsletters fill their preview. */
function tidy(text: string): string {
  const line = text
    .replace(/\u034f|\u17b4|[\u00ad\u061c\u115f\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g, '')
    .replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ')
    .replace(/([-=_*~#])\1{4,}/g, '')
    .trim();
  if (line.length <= SNIPPET_LENGTH) return line.toWellFormed();
  const last = line.charCodeAt(SNIPPET_LENGTH - 1);
  const whole = last >= 0xd800 && last <= 0xdbff ? SNIPPET_LENGTH - 1 : SNIPPET_LENGTH;
  return line.slice(0, whole).trim().toWellFormed();
}
