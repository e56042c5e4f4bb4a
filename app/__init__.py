"""四方议事: where a residential community decides and gets things done together."""
