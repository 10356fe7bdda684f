#include "engine/engine_p.h"

int fsc_rules_image(fsc_buf *out, const fsc_schema *schema, fsc_arena *arena, fsc_err *err)
{
    fsc_rules r;
    int status;
    if ((status = fsc_voice_rules_new(&r.voice, schema, arena, err)) || (status = fsc_framing_rules_new(&r.framing, schema, arena, err)) ||
        (status = fsc_revision_rules_new(&r.revision, schema, arena, err)))
        return status;
    fsc_voice_rules_image(out, r.voice);
    fsc_framing_rules_image(out, r.framing);
    fsc_revision_rules_image(out, r.revision);
    return out->failed ? fsc_err_set(err, out->failed, "no room for the rules: %s", fsc_status_text(out->failed)) : FSC_OK;
}

int fsc_rules_open(fsc_rules *out, fsc_view image, const fsc_schema *schema, fsc_arena *arena, fsc_err *err)
{
    int status;
    if ((status = fsc_voice_rules_open(&out->voice, &image, schema, arena, err)) ||
        (status = fsc_framing_rules_open(&out->framing, &image, schema, arena, err)) ||
        (status = fsc_revision_rules_open(&out->revision, &image, schema, arena, err)))
        return status;
    return image.len ? fsc_err_set(err, FSC_E_CONFIG, "a damaged image: rules of other lexicons") : FSC_OK;
}
