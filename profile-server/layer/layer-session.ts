/** As whose act the history has what a layer changed. */
export const LAYER_SESSION = 'layer';
