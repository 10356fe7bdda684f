/*
 * codec: the formats everything else is written in: JSON, CSV, HTML and XML events, charsets, compressed streams.
 * The only room that knows json-c, libxml2, libyaml, zlib, libzstd and iconv. This door gathers the room's public headers;
 * other rooms include this one.
 */
#ifndef FSC_CODEC_CODEC_H
#define FSC_CODEC_CODEC_H

#include "codec/charset.h"
#include "codec/csv.h"
#include "codec/html.h"
#include "codec/json.h"
#include "codec/json_writer.h"
#include "codec/streams.h"
#include "codec/xml.h"
#include "codec/yaml.h"

#endif
