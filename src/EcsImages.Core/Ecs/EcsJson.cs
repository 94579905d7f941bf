using System.Text.Json.Serialization;
using EcsImages.Core.Acs;

namespace EcsImages.Core.Ecs;

// Numbers sometimes come as texts, and the wrapped lists of an empty answer as null.
[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(DescribeRegionsRequest))]
[JsonSerializable(typeof(DescribeRegionsReply))]
[JsonSerializable(typeof(DescribeInstanceTypesRequest))]
[JsonSerializable(typeof(DescribeInstanceTypesReply))]
[JsonSerializable(typeof(DescribeImageSupportInstanceTypesRequest))]
[JsonSerializable(typeof(DescribeImageSupportInstanceTypesReply))]
[JsonSerializable(typeof(DescribeImagesRequest))]
[JsonSerializable(typeof(DescribeImagesReply))]
[JsonSerializable(typeof(DescribeImageFromFamilyRequest))]
[JsonSerializable(typeof(DescribeImageFromFamilyReply))]
[JsonSerializable(typeof(CreateImageRequest))]
[JsonSerializable(typeof(CreateImageReply))]
[JsonSerializable(typeof(CopyImageRequest))]
[JsonSerializable(typeof(CopyImageReply))]
[JsonSerializable(typeof(CancelCopyImageRequest))]
[JsonSerializable(typeof(DeleteImageRequest))]
[JsonSerializable(typeof(ModifyImageAttributeRequest))]
[JsonSerializable(typeof(ModifyImageSharePermissionRequest))]
[JsonSerializable(typeof(DescribeImageSharePermissionRequest))]
[JsonSerializable(typeof(DescribeImageSharePermissionReply))]
[JsonSerializable(typeof(TagResourcesRequest))]
[JsonSerializable(typeof(UntagResourcesRequest))]
[JsonSerializable(typeof(RunInstancesRequest))]
[JsonSerializable(typeof(RunInstancesReply))]
[JsonSerializable(typeof(DescribeInstancesRequest))]
[JsonSerializable(typeof(DescribeInstancesReply))]
[JsonSerializable(typeof(StartInstanceRequest))]
[JsonSerializable(typeof(StopInstanceRequest))]
[JsonSerializable(typeof(DeleteInstanceRequest))]
[JsonSerializable(typeof(DescribeDisksRequest))]
[JsonSerializable(typeof(DescribeDisksReply))]
[JsonSerializable(typeof(CreateSnapshotRequest))]
[JsonSerializable(typeof(CreateSnapshotReply))]
[JsonSerializable(typeof(DescribeSnapshotsRequest))]
[JsonSerializable(typeof(DescribeSnapshotsReply))]
[JsonSerializable(typeof(DeleteSnapshotRequest))]
[JsonSerializable(typeof(AcsReply))]
internal sealed partial class EcsJson : JsonSerializerContext;
