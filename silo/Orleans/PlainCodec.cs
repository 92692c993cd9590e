using System.Buffers;
using System.Text.Json;
using LiveCoCreate.Grains;
using Orleans.Serialization;
using Orleans.Serialization.Buffers;
using Orleans.Serialization.Cloning;
using Orleans.Serialization.Codecs;
using Orleans.Serialization.Serializers;
using Orleans.Serialization.WireProtocol;

namespace LiveCoCreate.Silo.Orleans;

/// <summary>Takes the plain contracts from node to node as JSON. Within a process they go as they are: nothing in them ever changes.</summary>
public sealed class PlainCodec : IGeneralizedCodec, IGeneralizedCopier, ITypeFilter, ITypeNameFilter
{
    private static readonly System.Reflection.Assembly Contracts = typeof(Json).Assembly;

    public bool IsSupportedType(Type type) => type.Assembly == Contracts && !type.IsAbstract && !type.IsGenericTypeDefinition;

    bool? ITypeFilter.IsTypeAllowed(Type type) => type.Assembly == Contracts ? true : null;

    bool? ITypeNameFilter.IsTypeNameAllowed(string typeName, string assemblyName) =>
        assemblyName.Split(',')[0] == Contracts.GetName().Name ? true : null;

    object? IDeepCopier.DeepCopy(object? input, CopyContext context) => input;

    void IFieldCodec.WriteField<TBufferWriter>(ref Writer<TBufferWriter> writer, uint fieldIdDelta, Type? expectedType, object? value)
    {
        if (ReferenceCodec.TryWriteReferenceField(ref writer, fieldIdDelta, expectedType, value)) return;
        var json = JsonSerializer.SerializeToUtf8Bytes(value, value!.GetType(), PlainJson.Options);
        // Without an expectation the type is always written, and whoever reads is told of it.
        writer.WriteFieldHeader(fieldIdDelta, null, value.GetType(), WireType.LengthPrefixed);
        writer.WriteVarUInt32((uint)json.Length);
        writer.Write(json);
    }

    object? IFieldCodec.ReadValue<TInput>(ref Reader<TInput> reader, Field field)
    {
        if (field.IsReference) return ReferenceCodec.ReadReference(ref reader, field.FieldType);
        var place = ReferenceCodec.CreateRecordPlaceholder(reader.Session);
        var length = (int)reader.ReadVarUInt32();
        var json = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            reader.ReadBytes(json.AsSpan(0, length));
            var value = JsonSerializer.Deserialize(json.AsSpan(0, length), field.FieldType!, PlainJson.Options);
            ReferenceCodec.RecordObject(reader.Session, value, place);
            return value;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(json);
        }
    }
}
